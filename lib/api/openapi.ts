import { z } from "zod";
import type { DownloadRoute } from "#lib/api/downloads.ts";
import type { Entry } from "#lib/api/entry.ts";
import { fieldsOf } from "#lib/api/read-input.ts";
import type { Json, JsonObject } from "#lib/kernel/json.ts";

const problem: JsonObject = {
  type: "object",
  description: "RFC 9457",
  required: ["type", "title", "status", "detail", "instance", "requestId"],
  properties: {
    type: { type: "string", format: "uri" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    instance: { type: "string" },
    requestId: { type: "string" },
    errors: {
      type: "array",
      items: { type: "object", properties: { pointer: { type: "string" }, detail: { type: "string" } } },
    },
  },
};

const refused: JsonObject = {
  description: "A refusal",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

/** The HTTP API as an OpenAPI 3.1 document, made from the commands, queries and downloads themselves. */
export function openApi(entries: readonly Entry[], downloads: readonly DownloadRoute[]): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of downloads) paths[route.path] = { get: download(route) };
  for (const entry of entries) {
    const { http } = entry.spec;
    if (!http) continue;
    const path = paths[http.path] ?? {};
    path[http.method.toLowerCase()] = operation(entry);
    paths[http.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: { title: "Plumbline", version: "1", description: "Everything that the console can do, for machines." },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", bearerFormat: "plb_…" },
        session: { type: "apiKey", in: "cookie", name: "next-auth.session-token" },
      },
      schemas: { Problem: problem },
    },
  };
}

function operation({ kind, spec }: Entry): JsonObject {
  const { properties, required } = inputSchema(spec.input);
  const inPath = [...(spec.http?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const takesBody = spec.http?.method !== "GET" && spec.http?.method !== "DELETE" && others.length > 0;
  const parameters: JsonObject[] = inPath.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: properties[name] ?? { type: "string" },
  }));
  if (!takesBody) {
    for (const name of others) {
      parameters.push({ name, in: "query", required: required.includes(name), schema: properties[name] ?? {} });
    }
  }
  if (kind === "command" && !spec.holdsSecret) {
    parameters.push({
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", maxLength: 255 },
    });
  }
  if (others.includes("revision")) {
    parameters.push({ name: "If-Match", in: "header", required: false, schema: { type: "string" } });
  }
  return {
    operationId: spec.name,
    summary: spec.summary,
    description: spec.may === "anyone" ? "Needs no permission but to be signed in." : `Needs \`${spec.may}\`.`,
    tags: [spec.name.split(".")[0] ?? spec.name],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(takesBody ? { requestBody: bodyOf(others, properties, required) } : {}),
    responses: {
      "200": {
        description: "What was asked for, or what was done",
        headers: {
          ETag: { description: "The revision, for If-Match, where there is one", schema: { type: "string" } },
        },
        content: { "application/json": {} },
      },
      default: refused,
    },
  };
}

function download({ name, path, may, input, summary, contentTypes }: DownloadRoute): JsonObject {
  const { properties, required } = inputSchema(input);
  return {
    operationId: name,
    summary,
    description: `Needs \`${may}\`.`,
    tags: [name.split(".")[0] ?? name],
    parameters: Object.entries(properties).map(([field, schema]) => {
      const isInPath = path.includes(`{${field}}`);
      return { name: field, in: isInPath ? "path" : "query", required: isInPath || required.includes(field), schema };
    }),
    responses: {
      "200": {
        description: "The file",
        content: Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: "string" } }])),
      },
      default: refused,
    },
  };
}

function bodyOf(names: readonly string[], properties: JsonObject, required: readonly string[]): JsonObject {
  const needed = required.filter((name) => names.includes(name));
  return {
    required: needed.length > 0,
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: Object.fromEntries(names.map((name) => [name, properties[name] ?? {}])),
          ...(needed.length > 0 ? { required: needed } : {}),
          additionalProperties: false,
        },
      },
    },
  };
}

/** The input's fields as JSON Schema, and which of them a caller must send. */
function inputSchema(schema: z.ZodType): { readonly properties: JsonObject; readonly required: readonly string[] } {
  const made = z.toJSONSchema(schema, {
    io: "output",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  const shape = schema instanceof z.ZodObject ? schema.shape : {};
  // A revision may come as If-Match instead.
  const required = (fieldsOf(schema) ?? []).filter(
    (name) => name !== "revision" && !shape[name]?.safeParse(undefined).success,
  );
  const variants = (made.oneOf ?? made.anyOf)?.map((variant) => JSON.parse(JSON.stringify(variant)) as Variant);
  if (variants) return inputOfVariants(variants);
  return { properties: JSON.parse(JSON.stringify(made.properties ?? {})) as JsonObject, required };
}

type Variant = { readonly properties?: JsonObject; readonly required?: readonly string[] };

/** An input of several kinds: the fields of them all, of which those are needed that every kind needs. */
function inputOfVariants(variants: readonly Variant[]): ReturnType<typeof inputSchema> {
  const properties: Record<string, Json> = {};
  for (const variant of variants) {
    for (const [name, schema] of Object.entries(variant.properties ?? {})) {
      const known = properties[name];
      const isAnother = known !== undefined && JSON.stringify(known) !== JSON.stringify(schema);
      properties[name] = isAnother ? { anyOf: [...alternativesOf(known), schema] } : schema;
    }
  }
  const required = Object.keys(properties).filter((name) => variants.every((one) => one.required?.includes(name)));
  return { properties, required };
}

function alternativesOf(schema: Json): readonly Json[] {
  const isObject = typeof schema === "object" && schema !== null && !Array.isArray(schema);
  const choices = isObject ? (schema as JsonObject).anyOf : undefined;
  return Array.isArray(choices) ? choices : [schema];
}
