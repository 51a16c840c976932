import { PASSAGES, ROUTES, SUSPICIONS } from "./knowledge.ts";
import type { Guardrail, Settings } from "./settings.ts";

export type Answer = {
  readonly text: string;
  /** Which settings made it what it is. */
  readonly because: {
    readonly route: string;
    readonly model: string;
    readonly temperature: number;
    /** The guardrail that acted, and by how much. */
    readonly guardrail?: { readonly name: string; readonly score: number; readonly threshold: number };
    readonly passages: readonly string[];
  };
  /** What a model would be sent. */
  readonly prompt: string;
};

/** Answers a question by nothing but the question and the settings: the same of both gives the same answer. */
export function answer(question: string, settings: Settings): Answer {
  const route = routeOf(question);
  const { model, maxTokens, temperature } = settings.route(route);
  const found = search(question, settings);
  const prompt = [
    settings.systemPrompt.trim(),
    `<passages>\n${found.map(({ place, text }) => `${place}: ${text}`).join("\n")}\n</passages>`,
    `<message>${question}</message>`,
  ].join("\n\n");
  const made = { prompt, because: { route, model, temperature, passages: found.map(({ place }) => place) } };
  for (const name of ["self_harm", "prompt_injection", "off_topic"] as const) {
    const stopped = suspicion(question, name, settings.guardrail("input", name));
    if (stopped) return { ...made, text: stopped.message, because: { ...made.because, guardrail: stopped.guardrail } };
  }
  const stopped = suspicion(question, "regulated_advice", settings.guardrail("output", "regulated_advice"));
  if (stopped) return { ...made, text: stopped.message, because: { ...made.because, guardrail: stopped.guardrail } };
  return { ...made, text: shortened(compose(question, route, { found, settings }), maxTokens) };
}

type Found = (typeof PASSAGES)[number];

function compose(
  question: string,
  route: string,
  { found, settings }: { readonly found: readonly Found[]; readonly settings: Settings },
): string {
  if (scoreOf(question, "regulated_advice") > 0)
    return "I would take the larger cover. It is worth its price for most people.";
  if (route === "small_talk") return settings.openingMessage;
  const [best] = found;
  return best ? `${best.text} (${best.place})` : settings.finalMessage;
}

function suspicion(question: string, name: string, guardrail: Guardrail) {
  const score = scoreOf(question, name);
  if (!guardrail.enabled || score < guardrail.threshold) return null;
  return { message: guardrail.message, guardrail: { name, score, threshold: guardrail.threshold } };
}

function scoreOf(question: string, name: string): number {
  const words = question.toLowerCase();
  const scores = (SUSPICIONS[name] ?? []).filter(([phrase]) => words.includes(phrase)).map(([, score]) => score);
  return Math.max(0, ...scores);
}

function routeOf(question: string): string {
  const words = question.toLowerCase();
  const found = Object.entries(ROUTES).find(([, phrases]) => phrases.some((phrase) => words.includes(phrase)));
  return found?.[0] ?? "cover_question";
}

/** The passages that share most words with the question, if they share enough. */
function search(question: string, { minScore, passages }: Settings): readonly Found[] {
  const asked = new Set(question.toLowerCase().match(/[a-z]{3,}/g) ?? []);
  return PASSAGES.map((passage) => {
    const shared = passage.words.filter((word) => asked.has(word)).length;
    return { passage, score: 1 - 0.6 ** shared };
  })
    .filter(({ score }) => score >= minScore)
    .sort((a, b) => b.score - a.score)
    .slice(0, passages)
    .map(({ passage }) => passage);
}

/** About four letters to a token. */
function shortened(text: string, maxTokens: number): string {
  return text.length <= maxTokens * 4 ? text : `${text.slice(0, Math.max(0, maxTokens * 4 - 1)).trimEnd()}…`;
}
