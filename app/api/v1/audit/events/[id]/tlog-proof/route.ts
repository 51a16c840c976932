import { handleDownload } from "#lib/api/download.ts";
import { exportProof } from "#lib/audit/export.ts";

export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ readonly id: string }> },
): Promise<Response> {
  const { id } = await params;
  return handleDownload(request, (actor) => exportProof(actor, { id }));
}
