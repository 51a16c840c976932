// Runs before the installation, on Node 20: plain JavaScript without packages.

/** @param {number} since milliseconds */
function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** @type {Map<string, number>} what is being done, and since when */
const running = new Map();
/** @type {NodeJS.Timeout | undefined} */
let ticker;

function statusLine() {
  return [...running].map(([what, since]) => `${what} … ${Math.floor((Date.now() - since) / 1000)} s`).join(" · ");
}

function clearStatus() {
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[2K");
}

function drawStatus() {
  if (!process.stdout.isTTY || running.size === 0) return;
  process.stdout.write(`\r\x1b[2K  ${statusLine().slice(0, Math.max(20, process.stdout.columns - 3))}`);
}

/**
 * A line for people, above whatever is being done.
 * @param {string} text
 */
export function say(text) {
  clearStatus();
  console.log(text);
  drawStatus();
}

function tick() {
  drawStatus();
  if (process.stdout.isTTY) return;
  for (const [what, since] of running) {
    const elapsed = Math.round((Date.now() - since) / 1000);
    // Where lines stay, one after a second and then one every ten seconds.
    if (elapsed === 1) console.log(`  ${what} …`);
    else if (elapsed % 10 === 0 && elapsed > 0) console.log(`  ${what} … ${elapsed} s`);
  }
}

/**
 * Does one step of a longer work and shows that it goes on: on a terminal as a line that moves, elsewhere as lines.
 * @template Result
 * @param {string} what in the present: "Installing packages"
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(what, work) {
  const since = Date.now();
  running.set(what, since);
  ticker ??= setInterval(tick, 1000);
  let mark = "✗";
  try {
    const result = await work();
    mark = "✓";
    return result;
  } catch (error) {
    // Stopped because another step failed, which has said so.
    if (error instanceof Error && error.name === "AbortError") mark = "";
    throw error;
  } finally {
    running.delete(what);
    if (running.size === 0) {
      clearInterval(ticker);
      ticker = undefined;
    }
    if (mark === "✗" || (mark && Date.now() - since >= 1000)) say(`${mark} ${what} (${seconds(since)})`);
    else drawStatus();
    if (running.size === 0) clearStatus();
  }
}
