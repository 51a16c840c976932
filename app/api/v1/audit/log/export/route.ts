import { handleDownload } from "#lib/api/download.ts";
import { exportLog } from "#lib/audit/export.ts";

export function GET(request: Request): Promise<Response> {
  return handleDownload(request, exportLog);
}
