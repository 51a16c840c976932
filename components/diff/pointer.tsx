import { Fragment } from "react";

/** A parameter's JSON Pointer; a long one breaks between its segments, not within a word. */
export function Pointer({ value }: { readonly value: string }) {
  let path = "";
  const segments = value.split("/").map((segment) => {
    path += `/${segment}`;
    return { segment, path };
  });
  return (
    <code className="font-mono text-xs [overflow-wrap:break-word]">
      {segments.map(({ segment, path: key }, at) => (
        <Fragment key={key}>
          {at === 0 ? null : (
            <>
              <wbr />/
            </>
          )}
          {segment}
        </Fragment>
      ))}
    </code>
  );
}
