// What the assistant takes from its configuration file. Where the file says nothing, it is careful.

/** What a guardrail says and does when a score reaches its threshold. */
export type Guardrail = {
  readonly enabled: boolean;
  readonly threshold: number;
  readonly action: string;
  readonly message: string;
};

export type Route = { readonly model: string; readonly maxTokens: number; readonly temperature: number };

export type Settings = {
  readonly name: string;
  readonly openingMessage: string;
  readonly systemPrompt: string;
  readonly model: string;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly minScore: number;
  readonly passages: number;
  readonly finalMessage: string;
  readonly guardrail: (pointer: "input" | "output", name: string) => Guardrail;
  readonly route: (name: string) => Route;
};

type Members = { readonly [key: string]: unknown };

/** Reads a configuration; `document` is the parsed file. Throws when it is not an object. */
export function settingsOf(document: unknown): Settings {
  if (!isObject(document)) throw new Error("The configuration is not a JSON object");
  const text = (path: string, otherwise: string) => pick(document, path, "string") ?? otherwise;
  const number = (path: string, otherwise: number) => pick(document, path, "number") ?? otherwise;
  const model = text("model/name", "none");
  const [maxTokens, temperature] = [number("sampling/max_tokens", 300), number("sampling/temperature", 0)];
  return {
    name: text("assistant/display_name", "Assistant"),
    openingMessage: text("assistant/opening_message", "Hello."),
    systemPrompt: text("prompts/system", ""),
    model,
    maxTokens,
    temperature,
    minScore: number("retrieval/min_score", 0.3),
    passages: number("rerank/top_n", 3),
    finalMessage: text("fallback/final_message", "I can't answer at the moment."),
    guardrail: (side, name) => ({
      enabled: pick(document, `guardrails/${side}/${name}/enabled`, "boolean") ?? true,
      threshold: number(`guardrails/${side}/${name}/threshold`, 0.1),
      action: text(`guardrails/${side}/${name}/action`, "block"),
      message: text(`guardrails/${side}/${name}/message`, "I can't help with that."),
    }),
    route: (name) => ({
      model: text(`routing/routes/${name}/model`, model),
      maxTokens: number(`routing/routes/${name}/max_tokens`, maxTokens),
      temperature: number(`routing/routes/${name}/temperature`, temperature),
    }),
  };
}

type Kinds = { readonly string: string; readonly number: number; readonly boolean: boolean };

function pick<K extends keyof Kinds>(document: Members, path: string, kind: K): Kinds[K] | undefined {
  let at: unknown = document;
  for (const key of path.split("/")) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return isKind(at, kind) ? at : undefined;
}

function isKind<K extends keyof Kinds>(value: unknown, kind: K): value is Kinds[K] {
  return typeof value === kind;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
