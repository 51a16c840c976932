/** Something wrong in a text, and where. Lines and columns count from 1. */
export type EditorProblem = {
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly message: string;
};

export type CodeEditorProps = {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly language: "yaml" | "json" | "text";
  /** Read by assistive technology: "Base layer of claims-triage, YAML". */
  readonly label: string;
  readonly problems?: readonly EditorProblem[];
  readonly readOnly?: boolean;
  /** Goes there and takes the focus whenever this is another object. */
  readonly goTo?: { readonly line: number; readonly column?: number };
};
