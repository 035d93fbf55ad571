import { type FormEvent, useState } from "react";
import { Button } from "react-aria-components/Button";
import { checkKey } from "../api/client.ts";
import { changeKey } from "../api/session.ts";
import { Mark } from "./icons.tsx";

const REFUSALS = {
  unknown: "The server does not know this key. It may be mistyped, expired or revoked.",
  unreachable: "The server cannot be reached at the moment. Try again in a few seconds.",
};

/** Asks for a key and tries it before the console opens. */
export function Login() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get("key") ?? "").trim();
    setBusy(true);
    const answer = await checkKey(key);
    setBusy(false);
    if (answer === "known") changeKey(key);
    else setRefusal(REFUSALS[answer]);
  }

  return (
    <main className="login">
      <form onSubmit={enter}>
        <h1>
          <Mark /> customer360
        </h1>
        <p>The whole customer, as the phone rings.</p>
        <KeyField isRefused={refusal !== null} />
        {refusal && (
          <p className="refusal" role="alert">
            {refusal}
          </p>
        )}
        <Button type="submit" className="button primary" isDisabled={isBusy}>
          {isBusy ? "Trying the key …" : "Open the console"}
        </Button>
      </form>
    </main>
  );
}

function KeyField({ isRefused }: { isRefused: boolean }) {
  return (
    <>
      <label className="field" htmlFor="key">
        API key
        <input
          id="key"
          name="key"
          type="password"
          required
          autoComplete="off"
          placeholder="c360_…"
          aria-describedby="key-note"
          aria-invalid={isRefused}
        />
      </label>
      <p id="key-note" className="note">
        The demo prints its key when it starts. The key stays in this tab and goes when you close it.
      </p>
    </>
  );
}
