// What the assistant knows, and by which words it recognises what must not pass.

export type Passage = { readonly place: string; readonly words: readonly string[]; readonly text: string };

export const PASSAGES: readonly Passage[] = [
  {
    place: 'Home policy, section 3, "Escape of water"',
    words: ["water", "leak", "leaked", "pipe", "burst", "washing", "machine", "floor", "ceiling", "kitchen", "boiler"],
    text: "Damage by water that escapes from a pipe or a machine is covered; the pipe or machine itself is not.",
  },
  {
    place: 'Motor policy, section 2, "Courtesy car"',
    words: ["car", "courtesy", "garage", "repair", "accident", "hit", "replacement"],
    text: "While an approved garage repairs your car you have a courtesy car, for up to 21 days.",
  },
  {
    place: 'Travel policy, section 5, "Baggage"',
    words: ["travel", "stolen", "laptop", "baggage", "suitcase", "lost", "phone", "hotel", "trip"],
    text: "Baggage that is stolen abroad is covered when the police were told within 24 hours.",
  },
  {
    place: "Help centre, Reporting a claim",
    words: ["claim", "report", "open", "reporting", "happened"],
    text: "You can report a claim here, at any time. A handler answers within three working days.",
  },
];

/** Phrases and how sure each makes us, from 0 to 1. A real assistant asks a classifier. */
export const SUSPICIONS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  prompt_injection: [
    ["ignore your instructions", 0.95],
    ["system prompt", 0.8],
    ["pretend", 0.6],
    ["act as", 0.5],
  ],
  self_harm: [
    ["hurt myself", 0.95],
    ["can't go on", 0.6],
  ],
  off_topic: [
    ["homework", 0.9],
    ["election", 0.9],
    ["football", 0.7],
  ],
  regulated_advice: [
    ["should i buy", 0.8],
    ["which cover", 0.7],
    ["do you recommend", 0.8],
    ["worth it", 0.5],
  ],
};

export const ROUTES: Readonly<Record<string, readonly string[]>> = {
  claim_status: ["how is my claim", "my claim stand", "claim number", "any news"],
  first_notice: ["happened", "report a", "open a claim"],
  small_talk: ["hello", "thank", "goodbye", "good morning"],
};
