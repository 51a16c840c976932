import type { TemplateName } from "#lib/systems/model.ts";
import { empty } from "#lib/systems/templates/empty.ts";
import { llmApplication } from "#lib/systems/templates/llm-application.ts";
import { mlModelServing } from "#lib/systems/templates/ml-model-serving.ts";
import { ragPipeline } from "#lib/systems/templates/rag-pipeline.ts";
import type { Template } from "#lib/systems/templates/template.ts";

/** Every template by its name. */
export const TEMPLATE_OF: Readonly<Record<TemplateName, Template>> = {
  "llm-application": llmApplication,
  "rag-pipeline": ragPipeline,
  "ml-model-serving": mlModelServing,
  empty,
};
