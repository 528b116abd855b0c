// The day it is in this workspace, and the buttons that put it forward.

import { advance } from "./api.js";
import { byId } from "./dom.js";

const written = (day, options) => new Date(`${day}T12:00:00`).toLocaleDateString("en-GB", options);
const FULL = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "long" };

export function showClock(clock) {
  byId("clock").hidden = !clock;
  if (!clock) return;
  byId("clock-day").textContent = `Here it is ${written(clock.today, FULL)}`;
  const release = byId("clock-next-release");
  release.disabled = !clock.next_release;
  release.textContent = clock.next_release ? `Next release: ${written(clock.next_release, SHORT)}` : "No further release";
}

byId("clock-next-day").addEventListener("click", () => advance("day"));
byId("clock-next-release").addEventListener("click", () => advance("release"));
