import { empty } from "#lib/bundles/templates/empty.ts";
import { llmApplication } from "#lib/bundles/templates/llm-application.ts";
import { mlModelServing } from "#lib/bundles/templates/ml-model-serving.ts";
import { ragPipeline } from "#lib/bundles/templates/rag-pipeline.ts";
import type { Template } from "#lib/bundles/templates/template.ts";
import type { TemplateName } from "#lib/systems/model.ts";

/** Every template by its name. */
export const TEMPLATE_OF: Readonly<Record<TemplateName, Template>> = {
  "llm-application": llmApplication,
  "rag-pipeline": ragPipeline,
  "ml-model-serving": mlModelServing,
  empty,
};
