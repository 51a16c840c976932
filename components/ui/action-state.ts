/** What a form's action answers: done, or why not and where, with what was typed. */
export type ActionState = {
  readonly ok?: boolean;
  readonly message?: string;
  /** For each field's name, what was wrong and what would be right. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  /** What was typed, so that a page without scripts keeps it. */
  readonly values?: Readonly<Record<string, string>>;
};

export type FormAction = (state: ActionState, form: FormData) => Promise<ActionState>;
