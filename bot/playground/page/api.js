// Talks to the local server.

async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(`the local server answered ${response.status}`);
  return response.json();
}

export const load = () => ask("page/workspace");
export const send = (text, channel, threadTs) => ask("page/typed", { text, channel, thread_ts: threadTs });
export const press = (channel, ts, actionId) => ask("page/pressed", { channel, ts, action_id: actionId });

export const advance = (to) => ask("page/advanced", { to });

export const fill = (block, value, entered) => ask("page/filled", { block_id: block, value, entered });
export const submitModal = () => ask("page/submitted", {});
export const closeModal = () => ask("page/closed", {});

// Calls `opened` at each (re)connection and `news` for each thing that happens.
export function listen(opened, news, lost) {
  const feed = new EventSource("page/feed");
  feed.onopen = opened;
  feed.onerror = lost;
  feed.onmessage = (event) => news(JSON.parse(event.data));
}
