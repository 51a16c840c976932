import type { Metadata } from "next";
import { RulesDocumentEditor } from "#components/systems/rules/document-editor.tsx";
import { requireActor } from "#lib/accounts/session.ts";

export const metadata: Metadata = { title: "Rules as one document" };

export default async function RulesDocumentEditorPage() {
  await requireActor();
  return <RulesDocumentEditor />;
}
