import { z } from "zod";
import { readJson } from "../delivery/body.ts";
import type { Exchange } from "../delivery/means.ts";

/** What is wrong with a request, in the codes of OFREP 0.3. */
export type RequestError = {
  readonly errorCode: "PARSE_ERROR" | "INVALID_CONTEXT";
  readonly errorDetails: string;
};

/** Who is asked about; null: nobody in particular. */
export type Asked = { readonly targetingKey: string | null };

const CONTEXT_LIMIT = 256 * 1_024;

const Evaluation = z
  .object({
    context: z
      .looseObject(
        { targetingKey: z.string({ error: "a targetingKey is text" }).nullish() },
        { error: "a context is a JSON object" },
      )
      .nullish(),
  })
  .nullish();

/** Reads the context of an evaluation. None at all is fine: most flags are the same for everybody. */
export async function readContext({ request }: Exchange): Promise<Asked | RequestError> {
  const body = await readJson(request, CONTEXT_LIMIT);
  if (body.is === "unreadable") return { errorCode: "PARSE_ERROR", errorDetails: body.detail };
  const parsed = Evaluation.safeParse(body.value);
  if (parsed.success) return { targetingKey: parsed.data?.context?.targetingKey || null };
  const [issue] = parsed.error.issues;
  const errorDetails = `Send {"context": {"targetingKey": "…"}}: ${issue?.message ?? "this cannot be read"}`;
  return { errorCode: "INVALID_CONTEXT", errorDetails };
}
