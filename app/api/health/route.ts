import { connection } from "next/server";
import { healthResponse } from "#lib/api/health.ts";

export async function GET(): Promise<Response> {
  await connection();
  return healthResponse();
}
