"use client";

import { useEffect } from "react";

/** Adds the reader's local time to the hint of whatever time they point at. One listener for the page, nothing for each time. */
export function LocalTimes() {
  useEffect(() => {
    const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
    const explain = (event: Event) => {
      const place = event.target instanceof Element ? event.target.closest("time[data-local-time]") : null;
      if (!(place instanceof HTMLTimeElement) || place.title.includes("\n")) return;
      place.title = `${place.title}\n${format.format(new Date(place.dateTime))} (your time)`;
    };
    document.addEventListener("pointerover", explain);
    document.addEventListener("focusin", explain);
    return () => {
      document.removeEventListener("pointerover", explain);
      document.removeEventListener("focusin", explain);
    };
  }, []);
  return null;
}
