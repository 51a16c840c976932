import { ChangesView } from "#components/reviews/changes-view.tsx";
import { loadChange } from "../load.ts";

export default async function ChangesPage({ params }: PageProps<"/changes/[number]/changes">) {
  const view = await loadChange((await params).number);
  return <ChangesView view={view} now={new Date()} />;
}
