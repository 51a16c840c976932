/** How a provider is called here, by the names that configurations use for it (OpenTelemetry's included). */
const knownAs: Readonly<Record<string, string>> = {
  openai: "openai",
  "azure-openai": "azure",
  "azure.ai.openai": "azure",
  "azure.ai.inference": "azure",
  "azure-ai": "azure",
  azure: "azure",
  anthropic: "anthropic",
  claude: "anthropic",
  google: "google",
  gemini: "google",
  "google-vertex": "google",
  "google-ai-studio": "google",
  "gcp.gemini": "google",
  "gcp.vertex-ai": "google",
  "gcp.gen-ai": "google",
  "vertex-ai": "google",
  vertexai: "google",
  bedrock: "bedrock",
  "aws-bedrock": "bedrock",
  "aws.bedrock": "bedrock",
  "amazon-bedrock": "bedrock",
  openrouter: "openrouter",
  deepseek: "deepseek",
  mistral: "mistral",
  mistralai: "mistral",
  "mistral-ai": "mistral",
  cohere: "cohere",
  ollama: "ollama",
  mlflow: "mlflow",
  huggingface: "self-hosted",
  "hugging-face": "self-hosted",
  "self-hosted": "self-hosted",
  vllm: "self-hosted",
  tgi: "self-hosted",
  local: "self-hosted",
};

export function providerNamed(text: string): string | undefined {
  const name = text.trim().toLowerCase().replaceAll(/[\s_]/gu, "-");
  return Object.hasOwn(knownAs, name) ? knownAs[name] : undefined;
}

/** First match wins. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/^models:\//u, "mlflow"],
  [/^arn:aws[\w-]*:(?:bedrock|sagemaker):/u, "bedrock"],
  [
    /^(?:(?:us|us-gov|eu|apac|au|ca|jp|global)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|stability|deepseek|openai|qwen)\.[\w-]+/u,
    "bedrock",
  ],
  [/@sha256:/u, "self-hosted"],
  [/^~/u, "openrouter"],
  [/^[\w.-]+\/[\w.-]+@/u, "self-hosted"],
  [/^[\w.-]+\/./u, "openrouter"],
  [/^(?:ft:)?(?:gpt-|chatgpt-|o\d|text-embedding-(?:3|ada)|omni-moderation|davinci|babbage|whisper-|tts-)/u, "openai"],
  [/^claude/u, "anthropic"],
  [/^(?:gemini|gemma|text-embedding-00|text-multilingual-embedding)/u, "google"],
  [/^deepseek-/u, "deepseek"],
  [/^(?:mistral|ministral|magistral|codestral|devstral|pixtral|open-mi[sx]tral)/u, "mistral"],
  [/^(?:command|embed-|rerank-)/u, "cohere"],
  [/^[\w.-]+:[\w.-]+$/u, "ollama"],
];

/** The provider that a model's name alone gives away, if any. */
export function providerFromName(name: string): string | undefined {
  return byName.find(([pattern]) => pattern.test(name))?.[1];
}
