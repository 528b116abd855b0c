// Talks to the local server.

async function ask(path, body) {
  const options = body && {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  if (response.status === 404) throw new Error(await response.text()); // what was pressed is gone
  if (!response.ok) throw new Error(`the local server answered ${response.status}`);
  return response.json();
}

export const load = () => ask("page/workspace");
export const send = (text, channel, threadTs) => ask("page/typed", { text, channel, thread_ts: threadTs });
// An element of a message or, where there is none, of the home tab.
export const press = ({ message, actionId, value }) =>
  ask("page/pressed", { channel: message?.channel, ts: message?.ts, action_id: actionId, value });
export const shortcut = (message, callbackId) =>
  ask("page/shortcut", { channel: message.channel, ts: message.ts, callback_id: callbackId });
export const openHome = (tab) => ask("page/home", { tab });

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
