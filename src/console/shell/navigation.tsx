import { Button } from "react-aria-components/Button";
import { changeKey } from "../api/session.ts";
import { useViewer } from "../api/viewer.ts";
import { Icon, type IconName, Mark } from "./icons.tsx";
import { pageAt, useOpenPages } from "./pages.ts";
import { usePlace } from "./router.ts";
import { useShortcutList } from "./shortcuts.tsx";
import { switchTheme } from "./theme.ts";

/** Links to every page, and the settings of the console. */
export function Navigation() {
  const { path } = usePlace();
  const current = pageAt(path);
  const pages = useOpenPages();
  const showShortcuts = useShortcutList();
  return (
    <header className="side">
      <a className="brand" href="/desk">
        <Mark />
        <span>customer360</span>
      </a>
      <nav aria-label="Pages">
        {pages.map((page) => (
          <a
            key={page.path}
            href={page.path}
            aria-current={page === current ? "page" : undefined}
            onPointerEnter={page.load}
            onFocus={page.load}
          >
            <Icon name={page.path as IconName} />
            <span>{page.title}</span>
          </a>
        ))}
      </nav>
      <div className="side-tools">
        <SignedIn />
        <Tool icon="keys" label="Shortcuts" act={showShortcuts} />
        <Tool icon="theme" label="Light or dark" act={switchTheme} />
        <Tool icon="out" label="Sign out" act={() => changeKey(null)} />
      </div>
    </header>
  );
}

function SignedIn() {
  const viewer = useViewer();
  if (!viewer) return null;
  return (
    <p className="signed-in" title={`Signed in as ${viewer.name}, ${viewer.role}`}>
      {viewer.name === viewer.role ? viewer.role : `${viewer.name}, ${viewer.role}`}
    </p>
  );
}

function Tool({ icon, label, act }: { icon: IconName; label: string; act: () => void }) {
  return (
    <Button className="tool" onPress={act} aria-label={label}>
      <Icon name={icon} />
      <span>{label}</span>
    </Button>
  );
}
