import type { ReactNode } from "react";
import { Snippet } from "#components/fleets/snippet.tsx";
import { TextLink } from "#components/ui/link.tsx";

/** How a program gets its configuration from here and says what it runs, in the order in which one does it. */
export function ConnectRuntime({
  origin,
  bundle,
  environment,
  token,
}: {
  readonly origin: string;
  /** Slugs. */
  readonly bundle: string;
  readonly environment: string;
  /** Makes a token; null for who may not. */
  readonly token: ReactNode;
}) {
  const curl = [
    `curl -i ${origin}/runtime/v1/configuration?bundle=${bundle} \\`,
    '  -H "Authorization: Bearer $PLUMBLINE_TOKEN"',
  ].join("\n");
  const report = [
    `curl ${origin}/runtime/v1/reports \\`,
    '  -H "Authorization: Bearer $PLUMBLINE_TOKEN" -H "Content-Type: application/json" \\',
    `  -d '{"instance":"'"$(hostname)"'","bundle":"${bundle}","digest":"sha256:…"}'`,
  ].join("\n");
  const agent = [
    `plumbline agent --url ${origin} --bundle ${bundle} \\`,
    "  --out config.yaml --fleet my-service -- ./my-service --config config.yaml",
  ].join("\n");
  const sdk = [
    'import { connect } from "@plumbline/sdk";',
    "",
    "const plumbline = await connect({",
    `  url: "${origin}",`,
    "  token: process.env.PLUMBLINE_TOKEN,",
    `  bundle: "${bundle}",`,
    '  fleet: "my-service",',
    '  cacheFile: "/var/lib/my-service/plumbline.json",',
    "});",
  ].join("\n");
  return (
    <ol className="grid gap-5 p-4 text-sm">
      <Step number={1} title="Give it a token">
        <p>
          A token with the role Runtime reads the configuration of {environment} and reports what runs there, and
          nothing else. Put it where the program keeps its secrets, as{" "}
          <code className="font-mono text-xs">PLUMBLINE_TOKEN</code>.
        </p>
        <div className="mt-2">
          {token ?? (
            <p className="text-muted">
              You may not make tokens here; an administrator can, in{" "}
              <TextLink href="/settings/tokens">Settings</TextLink>.
            </p>
          )}
        </div>
      </Step>
      <Step number={2} title="See that it works">
        <p>This answers what {environment} declares, with its digest as ETag.</p>
        <Snippet code={curl} label="Copy the request" />
      </Step>
      <Step number={3} title="Let it fetch and report">
        <p>
          Beside a program that knows nothing of Plumbline, the agent writes its file and reports what is really there:
        </p>
        <Snippet code={agent} label="Copy the command of the agent" />
        <p className="mt-3">Or from inside a program:</p>
        <Snippet code={sdk} label="Copy the code" />
        <p className="mt-3">
          Or by anything that speaks HTTP: report every 30 seconds, the whole document only when the answer asks for it.
        </p>
        <Snippet code={report} label="Copy the report" />
      </Step>
    </ol>
  );
}

function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)]">
      <span aria-hidden className="font-semibold text-muted tabular-nums">
        {number}
      </span>
      <div className="min-w-0">
        <h4 className="font-semibold">{title}</h4>
        {children}
      </div>
    </li>
  );
}
