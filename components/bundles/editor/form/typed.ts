"use client";

import { createContext, use, useEffect, useEffectEvent, useRef, useState } from "react";

/** Fields whose last keys are not yet in the draft; whoever is about to save asks them all to hand over. */
export type PendingFields = Set<() => void>;
export const PendingFieldsContext = createContext<PendingFields>(new Set());

const PAUSE = 300;

export type Typed = {
  readonly text: string;
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
};

/**
 * What is being typed into a field: handed over a moment after the last key and when the field is left. `commit` takes it
 * into the draft, or says why it can't yet; until then it stays in the field.
 */
export function useTyped(value: string, commit: (text: string) => string | null): Typed {
  const [text, setText] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const waiting = useRef<string | null>(null);
  const fields = use(PendingFieldsContext);

  const handOver = useEffectEvent(() => {
    clearTimeout(timer.current);
    if (waiting.current === null) return;
    const found = commit(waiting.current);
    setProblem(found);
    if (found === null) waiting.current = null;
  });
  useEffect(() => {
    const flush = () => handOver();
    fields.add(flush);
    return () => {
      flush();
      fields.delete(flush);
    };
  }, [fields]);

  const [due, setDue] = useState(0);
  useEffect(() => {
    if (due === 0) return;
    timer.current = setTimeout(() => handOver(), PAUSE);
    return () => clearTimeout(timer.current);
  }, [due]);

  return {
    text: text ?? value,
    problem,
    onChange: (next) => {
      waiting.current = next;
      setText(next);
      setDue((before) => before + 1);
    },
    onBlur: () => {
      if (waiting.current === null) return setText(null);
      const found = commit(waiting.current);
      setProblem(found);
      if (found !== null) return;
      waiting.current = null;
      setText(null);
    },
  };
}
