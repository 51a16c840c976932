import { model, prompts, sampling } from "#lib/bundles/templates/parts/generation.ts";
import { guardrails } from "#lib/bundles/templates/parts/guardrails.ts";
import { flags, limits, serving } from "#lib/bundles/templates/parts/operations.ts";
import { generationConstraints, generationDependencies, policies } from "#lib/bundles/templates/parts/policies.ts";
import { resilience, routing } from "#lib/bundles/templates/parts/resilience.ts";
import { choice, listOf, parameters, text, whole, YES_OR_NO } from "#lib/bundles/templates/template.ts";
import type { ParameterRule } from "#lib/systems/model.ts";
import { type DemoSystem, sourceOf } from "./system.ts";

const agent: readonly ParameterRule[] = [
  ...parameters({ kind: "limit", owner: "platform", strictness: "lower_is_stricter", risk: "medium" }, [
    { pattern: "/agent/max_iterations", title: "Steps of one review", schema: whole(1, 100) },
    { pattern: "/agent/max_comments", title: "Comments on one request", schema: whole(1, 40), owner: "product" },
    { pattern: "/agent/max_files", title: "Files of one review", schema: whole(1, 1000) },
    { pattern: "/agent/max_diff_lines", title: "Changed lines of one review", schema: whole(10, 50000) },
    { pattern: "/agent/max_runtime_seconds", title: "Time of one review", schema: whole(30, 3600), unit: "s" },
    { pattern: "/agent/parallel_tool_calls", title: "Tools at once", schema: whole(1, 16) },
    { pattern: "/agent/tools/*/timeout_seconds", title: "Time of one tool call", schema: whole(1, 900), unit: "s" },
  ]),
  ...parameters({ kind: "routing", owner: "platform", risk: "medium" }, [
    { pattern: "/agent/excluded_paths", title: "Paths that are not reviewed", schema: listOf(text(120), { max: 60 }) },
    {
      pattern: "/agent/always_full_paths",
      title: "Paths that are always reviewed fully",
      schema: listOf(text(120), { max: 60 }),
      owner: "safety",
      risk: "high",
    },
  ]),
  ...parameters({ kind: "guardrail", owner: "safety", risk: "critical", locked: true }, [
    { pattern: "/agent/tools/*/enabled", title: "Tool may be used", schema: YES_OR_NO, risk: "high", locked: false },
    { pattern: "/agent/sandbox/network", title: "Network of the sandbox", schema: choice("none", "internal-mirror") },
    { pattern: "/agent/sandbox/writable", title: "Sandbox may write", schema: YES_OR_NO },
  ]),
  ...parameters({ kind: "serving", owner: "platform", risk: "high", tier: "build" }, [
    {
      pattern: "/agent/sandbox/image",
      title: "Image of the sandbox",
      description: "Named by digest, so that it can't be replaced.",
      schema: { type: "string", pattern: "^[a-z0-9./-]+@sha256:[0-9a-f]{64}$" },
    },
    {
      pattern: "/agent/sandbox/cpu",
      title: "Processors of the sandbox",
      schema: whole(1, 32),
      tier: "runtime",
      risk: "low",
    },
    {
      pattern: "/agent/sandbox/memory_gb",
      title: "Memory of the sandbox",
      schema: whole(1, 128),
      unit: "GB",
      tier: "runtime",
      risk: "low",
    },
  ]),
];

export const codeReviewAgent: DemoSystem = {
  slug: "code-review-agent",
  name: "Code review agent",
  description:
    "Comments on pull requests of the engineering organisation: reads the code, runs linters and tests in a sandbox without network, and never approves, merges or pushes.",
  owningTeam: "Developer platform",
  riskTier: "limited",
  template: "empty",
  rulesReason: "Catalogue of the agent; the sandbox is locked",
  rules: {
    parameters: [
      ...model,
      ...sampling,
      ...prompts,
      ...guardrails,
      ...routing,
      ...resilience,
      ...limits,
      ...flags,
      ...serving,
      ...agent,
    ],
    constraints: [
      ...generationConstraints,
      {
        id: "tools-fit-review",
        expression:
          "config.agent.tools.all(name, config.agent.tools[name].timeout_seconds < config.agent.max_runtime_seconds)",
        message:
          "One tool call may not use up the whole review: every agent.tools timeout_seconds must be below agent.max_runtime_seconds",
        severity: "error",
        bundles: [],
      },
      {
        id: "no-web-from-a-writable-sandbox",
        expression: "!(config.agent.tools.web_search.enabled && config.agent.sandbox.writable)",
        message:
          "A sandbox that may write must not reach the web: switch off agent.tools.web_search or agent.sandbox.writable",
        severity: "error",
        bundles: [],
      },
    ],
    dependencies: [
      ...generationDependencies,
      {
        from: "/routing/routes/*/model",
        to: "/guardrails/output/comment_quality/min_score",
        reason: "Comments are scored by how often authors act on them, and that differs between releases",
      },
    ],
    policies: policies({ soakMinutes: 8 * 60, productionApprovals: 1, rulesApprovals: 1 }),
  },
  bundles: [
    {
      slug: "agent",
      name: "Agent",
      description: "Prompts, model, tools, sandbox and limits of the reviewer.",
      source: sourceOf("code-review-agent", "agent"),
    },
  ],
};
