/** Where something went wrong: fetching · the stream · reporting · the copy on disk · a getter · the host's callback. */
export type Place = "configuration" | "stream" | "report" | "disk" | "value" | "callback";

/** Something that went wrong, which the client survives. */
export type Trouble = { readonly place: Place; readonly message: string; readonly cause?: unknown };

export type TellTrouble = {
  /** Says it once, and again only after it was over or became something else. */
  readonly begin: (trouble: Trouble) => void;
  readonly end: (place: Place) => void;
};

/** Passes troubles on, each once while it lasts. What the host's callback throws stays with the host's callback. */
export function troubleTeller(onError: ((trouble: Trouble) => void) | undefined): TellTrouble {
  const last = new Map<Place, string>();
  return {
    begin: ({ message, ...rest }) => {
      // Part of it may be what some server said, and it ends up in logs and terminals.
      const trouble = { ...rest, message: message.replaceAll(/\p{Cc}+/gu, " ") };
      if (last.get(trouble.place) === trouble.message) return;
      last.set(trouble.place, trouble.message);
      try {
        (onError ?? warn)(trouble);
      } catch {
        // A client that throws into its host because of the host's own callback would take the host down.
      }
    },
    end: (place) => {
      last.delete(place);
    },
  };
}

function warn({ place, message }: Trouble): void {
  process.emitWarning(`${place}: ${message}`, "PlumblineWarning");
}
