// A small support assistant. It reads its configuration from a JSON file and knows nothing of Plumbline:
//
//     node assistant.ts config.json            answers POST / on port 4100 (or PORT)
//     node assistant.ts config.json --stdin    answers line by line
import { readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";
import { answer } from "./answer.ts";
import { type Settings, settingsOf } from "./settings.ts";

const [path = "config.json", mode] = process.argv.slice(2);
const port = Number(process.env.PORT ?? 4100);
const longestQuestion = 10_000;

let known: { readonly stamp: string; readonly settings: Settings } | undefined;

/** The file's settings as they are now. A file that cannot be read leaves those of before. */
function settings(): Settings {
  try {
    const { mtimeMs, ino, size } = statSync(path);
    const stamp = `${mtimeMs} ${ino} ${size}`;
    if (known?.stamp !== stamp) known = { stamp, settings: settingsOf(JSON.parse(readFileSync(path, "utf8"))) };
  } catch (error) {
    if (!known) throw error;
    console.error(`${path} cannot be read; going on with what it said before`);
  }
  return known.settings;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > longestQuestion) return text.slice(0, longestQuestion);
  }
  return text;
}

if (mode === "--stdin") {
  for await (const line of createInterface({ input: process.stdin })) console.log(answer(line, settings()).text);
} else {
  const server = createServer(async (request, response) => {
    const { name, openingMessage } = settings();
    if (request.method !== "POST") {
      response.end(`${name}: ${openingMessage}\n`);
      return;
    }
    const { text, because } = answer(await textOf(request), settings());
    response.setHeader("Content-Type", "text/plain; charset=utf-8");
    response.end(`${text}\n\n${JSON.stringify(because)}\n`);
  });
  server.listen(port, "127.0.0.1", () => console.log(`${settings().name} answers on http://localhost:${port}`));
  process.on("SIGTERM", () => server.close(() => process.exit(0)));
}
