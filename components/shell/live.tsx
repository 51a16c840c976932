import { LiveStream } from "./live-stream.tsx";

/** Keeps the page that renders it up to date while it is seen: what it shows of runtimes, drift and hot-patches. */
export function Live() {
  return <LiveStream madeAt={Date.now()} />;
}
