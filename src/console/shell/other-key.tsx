import { Button } from "react-aria-components/Button";
import { changeKey } from "../api/session.ts";
import { useViewer } from "../api/viewer.ts";
import { Mark } from "./icons.tsx";

/** Asks before the key of a link replaces the one that is signed in: what is done from then on is done with the link's. */
export function OtherKey({ offered, onDecided }: { offered: string; onDecided: () => void }) {
  const viewer = useViewer();
  const enter = () => {
    changeKey(offered);
    onDecided();
  };
  return (
    <main className="login">
      <div className="stack" role="alertdialog" aria-labelledby="other-key" aria-describedby="other-key-about">
        <h1 id="other-key">
          <Mark /> Another key?
        </h1>
        <p id="other-key-about">
          The link that opened this page carries a key of its own. You are signed in
          {viewer ? ` as ${viewer.name}, ${viewer.role}` : " with another one"}. With the link's key, what you see and
          do is noted under that key. Use it only if you know who made the link.
        </p>
        <Button className="button primary" onPress={onDecided} autoFocus>
          Stay signed in
        </Button>
        <Button className="button" onPress={enter}>
          Use the link's key
        </Button>
      </div>
    </main>
  );
}
