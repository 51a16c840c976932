import { handleDownload } from "#lib/api/download.ts";
import { exportEvents } from "#lib/audit/export.ts";

export function GET(request: Request): Promise<Response> {
  return handleDownload(request, exportEvents);
}
