import type { Role } from "#lib/access/permissions.ts";

/** Working hours are kept in this zone. */
export const TIME_ZONE = "Europe/Dublin";

export type DemoGroup = { readonly slug: string; readonly name: string };

export type DemoPerson = {
  readonly email: string;
  readonly name: string;
  /** What this person does, for the list of who can sign in. */
  readonly does: string;
  readonly groups: readonly string[];
  /** No system: everywhere; no environment: all of the system. */
  readonly grants: readonly { readonly role: Role; readonly system?: string; readonly environment?: string }[];
};

export const GROUPS: readonly DemoGroup[] = [
  { slug: "platform", name: "AI platform" },
  { slug: "safety", name: "AI safety and conduct" },
  { slug: "ml", name: "Machine learning" },
  { slug: "retrieval", name: "Search and retrieval" },
  { slug: "product", name: "Product and conversation design" },
];

const at = (name: string) => `${name}@wrenfield.example`;

export const INES = at("ines.carvalho");
export const TOM = at("tom.adeyemi");
export const HANNA = at("hanna.lindqvist");
export const YUKI = at("yuki.tanabe");
export const RAVI = at("ravi.menon");
export const GRACE = at("grace.oduya");
export const MARTA = at("marta.kowalczyk");
export const DANIEL = at("daniel.frey");
export const AMARA = at("amara.nwosu");
export const SAM = at("sam.whitlock");
export const ELENA = at("elena.petrova");
export const JOAO = at("joao.duarte");

/** The first one administers the installation. */
export const PEOPLE: readonly DemoPerson[] = [
  {
    email: INES,
    name: "Ines Carvalho",
    does: "Platform lead; sets the rules",
    groups: ["platform"],
    grants: [{ role: "administrator" }],
  },
  {
    email: HANNA,
    name: "Hanna Lindqvist",
    does: "Conversation designer; writes prompts",
    groups: ["product"],
    grants: [{ role: "author", system: "support-assistant" }],
  },
  {
    email: TOM,
    name: "Tom Adeyemi",
    does: "Machine-learning engineer; models, retrieval, routing",
    groups: ["ml", "retrieval"],
    grants: [{ role: "author" }],
  },
  {
    email: YUKI,
    name: "Yuki Tanabe",
    does: "Machine-learning engineer; document triage",
    groups: ["ml"],
    grants: [{ role: "author", system: "document-triage" }],
  },
  {
    email: GRACE,
    name: "Grace Oduya",
    does: "Machine-learning lead; reviews, rules among the rest",
    groups: ["ml", "platform"],
    grants: [{ role: "reviewer" }],
  },
  {
    email: RAVI,
    name: "Ravi Menon",
    does: "Retrieval lead; reviews, and writes when it is about search",
    groups: ["retrieval"],
    grants: [{ role: "reviewer" }, { role: "author", system: "support-assistant" }],
  },
  {
    email: MARTA,
    name: "Marta Kowalczyk",
    does: "Safety lead; every guardrail passes her or Daniel",
    groups: ["safety"],
    grants: [{ role: "reviewer" }],
  },
  {
    email: DANIEL,
    name: "Daniel Frey",
    does: "Conduct risk; reviews guardrails",
    groups: ["safety"],
    grants: [{ role: "reviewer" }],
  },
  {
    email: AMARA,
    name: "Amara Nwosu",
    does: "Product owner, claims; reviews",
    groups: ["product"],
    grants: [{ role: "reviewer" }],
  },
  {
    email: SAM,
    name: "Sam Whitlock",
    does: "On call; rolls back and overrides when it burns",
    groups: ["platform"],
    grants: [{ role: "responder" }],
  },
  {
    email: ELENA,
    name: "Elena Petrova",
    does: "Internal audit; reads everything, changes nothing",
    groups: [],
    grants: [{ role: "auditor" }],
  },
  {
    email: JOAO,
    name: "João Duarte",
    does: "Claims operations; looks on",
    groups: ["product"],
    grants: [
      { role: "viewer", system: "support-assistant" },
      { role: "viewer", system: "document-triage" },
    ],
  },
];
