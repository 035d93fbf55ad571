import { type FormEvent, useCallback, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { go } from "../shell/router.ts";
import { useShortcut } from "../shell/shortcuts.tsx";

/** The search field, where every call starts. */
export function Lookup({ wanted }: { wanted: string }) {
  const field = useRef<HTMLInputElement>(null);
  const focus = useCallback(() => field.current?.select(), []);
  useShortcut("/", "Look somebody up", focus);

  function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = field.current!.value.trim();
    go(text ? `/desk?${new URLSearchParams({ find: text })}` : "/desk");
  }

  return (
    <search>
      <form className="lookup" onSubmit={look}>
        <label className="unseen" htmlFor="lookup">
          Telephone number, e-mail, customer number or name
        </label>
        <input
          id="lookup"
          ref={field}
          key={wanted}
          defaultValue={wanted}
          type="search"
          autoComplete="off"
          spellCheck={false}
          placeholder="Telephone number, e-mail, customer number or name"
        />
        <Button type="submit" className="button primary">
          Look up
        </Button>
      </form>
    </search>
  );
}
