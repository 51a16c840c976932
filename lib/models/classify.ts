import { catalogueRow } from "./catalogue.ts";
import type { ModelClass, ModelClassification } from "./model.ts";
import { providerFromName, providerNamed } from "./providers.ts";

type Ruling = { readonly class: ModelClass; readonly reason: string; readonly pinTo?: string };

const released = (reason: string): Ruling => ({ class: "snapshot", reason });
const alias = (reason: string): Ruling => ({ class: "alias", reason });
const floating = (reason: string): Ruling => ({ class: "floating", reason });
const deployment = (reason: string): Ruling => ({ class: "deployment", reason });
const unknown = (reason: string): Ruling => ({ class: "unknown", reason });

/**
 * Whether a model's name is pinned, by its provider's own rules for its generation: no date means an alias at one
 * provider and a pinned release at another. The provider is guessed from the name when it is not given.
 */
export function classifyModel(name: string, provider: string | undefined, onDate: Date): ModelClassification {
  const trimmed = name.trim();
  const known =
    provider === undefined ? providerFromName(trimmed) : (providerNamed(provider) ?? provider.toLowerCase());
  const by = known ?? "unknown";
  const ruling = rule(trimmed, by);
  const row = catalogueRow(by, trimmed);
  const kind = row?.class ?? ruling.class;
  const pinTo = kind === "snapshot" ? undefined : (row?.pinTo ?? ruling.pinTo);
  const sentences = [row?.class === undefined ? ruling.reason : catalogued(row.class)];
  if (pinTo !== undefined) sentences.push(`Pin “${pinTo}” instead`);
  if (row?.retiresOn !== undefined) sentences.push(retirement(row.retiresOn, onDate));
  return {
    provider: by,
    name: trimmed,
    class: kind,
    reason: sentences.join(". "),
    ...(pinTo !== undefined && { pinTo }),
    ...(row?.retiresOn !== undefined && { retiresOn: row.retiresOn }),
  };
}

function catalogued(kind: ModelClass): string {
  return kind === "snapshot"
    ? "The provider publishes one release under this name and does not replace it"
    : "The provider has replaced the model behind this name before; it can't be pinned";
}

function retirement(retiresOn: string, onDate: Date): string {
  const days = Math.ceil((Date.parse(retiresOn) - onDate.getTime()) / 86_400_000);
  if (days <= 0) return `The provider retired it on ${retiresOn}`;
  return `The provider retires it on ${retiresOn}, in ${days} ${days === 1 ? "day" : "days"}`;
}

function rule(name: string, provider: string): Ruling {
  if (name === "") return unknown("There is no name");
  switch (provider) {
    case "openai":
      return openai(name);
    case "anthropic":
      return anthropic(name);
    case "google":
      return google(name);
    case "azure":
      return deployment(
        "A deployment's name says nothing about the model behind it. Declare the model and its version beside it, and set versionUpgradeOption to NoAutoUpgrade",
      );
    case "bedrock":
      return bedrock(name);
    case "openrouter":
    case "litellm":
      return routed(name);
    case "deepseek":
      return floating("DeepSeek replaces the model behind its names; a pinned copy can only be hosted elsewhere");
    case "mistral":
      return yearMonth(name);
    case "cohere":
      return cohere(name);
    case "mlflow":
      return mlflow(name);
    case "self-hosted":
      return selfHosted(name);
    case "ollama":
      return /@sha256:[\da-f]{12,64}$/u.test(name)
        ? released("The digest names the weights")
        : floating("A tag can be pushed again; name the weights by digest, name@sha256:…");
    default:
      return selfHostedOrUnknown(name);
  }
}

function openai(name: string): Ruling {
  if (name.startsWith("ft:")) return released("A fine-tuned model never changes");
  if (/^chatgpt-.*-latest$/u.test(name) || name.endsWith("-chat-latest")) {
    return floating("OpenAI replaces the model behind a “-latest” chat name without notice");
  }
  if (name.endsWith("-latest")) return alias("A “-latest” name moves to each newer release");
  if (/-\d{4}-\d{2}-\d{2}$/u.test(name)) return released("A dated OpenAI name is a snapshot");
  if (/-(?:0[1-9]|1[0-2])\d{2}(?:-preview|-16k)?$/u.test(name))
    return released("A name with month and day is a snapshot");
  return alias("An OpenAI name without a date moves to newer snapshots; write the one with a date");
}

function anthropic(name: string): Ruling {
  if (/@(?:default|latest)$/u.test(name) || name.endsWith("-latest"))
    return alias("A “latest” name moves to each newer release");
  if (/[-@]20\d{6}$/u.test(name)) return released("A dated Anthropic name is a snapshot");
  const version = /^claude-[a-z]+-(?<major>\d{1,2})(?:[-.](?<minor>\d{1,2}))?$/u.exec(name)?.groups;
  if (version === undefined) return alias("This Anthropic name has neither a date nor a version that pins it");
  const generation = Number(version.major) + Number(version.minor ?? 0) / 100;
  return generation >= 4.06
    ? released("From generation 4.6 on, an Anthropic name without a date is a pinned release")
    : alias(
        "Before generation 4.6, an Anthropic name without a date moves to newer snapshots; write the one with a date",
      );
}

function google(name: string): Ruling {
  if (name.startsWith("claude")) return anthropic(name);
  const bare = name.replace(/^(?:publishers\/google\/)?models\//u, "");
  if (bare.endsWith("-latest")) return alias("A “-latest” name moves to each newer release");
  if (/-(?:preview|exp|experimental)(?:-|$)/u.test(bare)) {
    return floating("Google may replace a preview at any time; use a stable release");
  }
  if (/-00\d$/u.test(bare)) return released("A Google name that ends in a version number is a snapshot");
  const generation = /^gemini-(\d+(?:\.\d+)?)/u.exec(bare)?.[1];
  if (generation === undefined) return unknown("This Google name follows no rule that is known here");
  return Number(generation) >= 2.5
    ? released("From Gemini 2.5 on, a stable name without a suffix is a pinned release")
    : floating("Up to Gemini 2.0, Google updates the model behind a name without -001 or -002");
}

function bedrock(name: string): Ruling {
  if (/^arn:aws[\w-]*:bedrock:[^:]*:[^:]*:(?:custom|imported)-model\//u.test(name)) {
    return released("A custom or imported model never changes");
  }
  if (/^arn:/u.test(name))
    return deployment(
      "An ARN names something in the account that can be pointed elsewhere; declare the model beside it",
    );
  const profile = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\.(?<model>.+)$/u.exec(name)?.groups?.model;
  if (profile !== undefined) {
    const ruling = deployment("An inference profile is resolved by the cloud, across regions");
    return rule(profile, "bedrock").class === "snapshot" ? { ...ruling, pinTo: profile } : ruling;
  }
  if (/-v\d+(?::\d+)+(?::\w+)?$/u.test(name) || /:\d+$/u.test(name))
    return released("A Bedrock id with a version is a release");
  const claude = /^anthropic\.(?<model>claude.+)$/u.exec(name)?.groups?.model;
  if (claude !== undefined) return anthropic(claude);
  return unknown("This Bedrock id has no version; write the one that ends in -v1:0");
}

function routed(name: string): Ruling {
  if (name.startsWith("~")) return alias("A router's “~” name moves to each newer release");
  const bare = name.replace(/:(?:free|nitro|floor|online|extended|thinking|beta)$/u, "");
  if (bare.endsWith("-latest")) return alias("A “-latest” name moves to each newer release");
  if (/^openrouter\/auto$/u.test(bare)) return floating("The router picks another model for each request");
  const [vendor = "", ...rest] = bare.split("/");
  const model = rest.join("/");
  if (model === "")
    return providerFromName(bare)
      ? rule(bare, providerFromName(bare) ?? "")
      : unknown("The router's name lacks its vendor");
  const provider = providerNamed(vendor);
  if (provider === "deepseek")
    return /\d/u.test(model) ? released("A router's slug with a version is one release") : rule(model, provider);
  return provider === undefined ? released("A router's concrete slug is one release") : rule(model, provider);
}

function yearMonth(name: string): Ruling {
  return /-2[3-9](?:0[1-9]|1[0-2])$/u.test(name)
    ? released("A name with year and month is a release")
    : alias("A name without year and month moves to newer releases; write the one that ends in YYMM");
}

function cohere(name: string): Ruling {
  return /-\d{2}-20\d{2}$/u.test(name) || /-v\d+\.\d+$/u.test(name)
    ? released("A name with a date or version is a release")
    : alias("A name without a date moves to newer releases; write the one that ends in MM-YYYY");
}

function mlflow(name: string): Ruling {
  return /^models:\/[^/@]+\/\d+$/u.test(name)
    ? released("A registered version never changes")
    : alias("A stage or alias of the registry can be moved; write models:/name/version");
}

function selfHosted(name: string): Ruling {
  if (/@sha256:[\da-f]{12,64}$/u.test(name)) return released("The digest names the weights");
  const revision = /@(?<revision>[\w./-]+)$/u.exec(name)?.groups?.revision;
  if (revision === undefined)
    return floating("Without a revision this is whatever the repository holds; write name@revision or name@sha256:…");
  return /^(?:main|master|latest|head|refs\/heads\/.+)$/iu.test(revision)
    ? alias("A branch moves with each commit; write the commit instead")
    : released("The revision names the weights");
}

function selfHostedOrUnknown(name: string): Ruling {
  if (name.includes("@")) return selfHosted(name);
  if (/(?:^|[-:])latest$/u.test(name)) return alias("A “latest” name moves to each newer release");
  return unknown("This provider's naming is not known here; whether the name is pinned can't be told");
}
