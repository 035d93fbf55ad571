import { Suspense, useMemo, useState } from "react";
import { Provider } from "urql";
import { openConsoleClient } from "../api/client.ts";
import { useKey } from "../api/session.ts";
import { useViewer } from "../api/viewer.ts";
import { PopCards } from "../live/pop-cards.tsx";
import { PopsProvider } from "../live/pops.tsx";
import { Closed, Empty, Skeleton } from "../parts/states.tsx";
import { Boundary } from "./boundary.tsx";
import { Login } from "./login.tsx";
import { Navigation } from "./navigation.tsx";
import { OtherKey } from "./other-key.tsx";
import { pageAt, useOpenPages } from "./pages.ts";
import { usePlace } from "./router.ts";
import { Shortcuts } from "./shortcuts.tsx";

/** The console: the login, then the page of the address. A link has `offered` a key that is not the one of this tab. */
export function Shell({ offered }: { offered: string | null }) {
  const key = useKey();
  const [asked, setAsked] = useState(offered);
  // A new client for a new key, which must not see cached answers of the old one.
  const client = useMemo(() => (key ? openConsoleClient() : null), [key]);
  if (!client) return <Login />;
  if (asked)
    return (
      <Provider value={client}>
        <OtherKey offered={asked} onDecided={() => setAsked(null)} />
      </Provider>
    );
  return (
    <Provider value={client}>
      <PopsProvider>
        <Shortcuts>
          <a className="skip" href="#main">
            To the page
          </a>
          <Navigation />
          <main id="main" tabIndex={-1}>
            <PopCards />
            <CurrentPage />
          </main>
        </Shortcuts>
      </PopsProvider>
    </Provider>
  );
}

function CurrentPage() {
  const { path } = usePlace();
  const page = pageAt(path);
  const viewer = useViewer();
  const pages = useOpenPages();
  if (!page) return <Empty title="There is no such page">Choose one from the navigation.</Empty>;
  const View = page.view;
  document.title = `${page.title} · customer360`;
  if (viewer && !pages.includes(page)) {
    return (
      <Closed>
        {page.title} needs a key with the scope {page.needs.join(" or ")}. Yours is of the role {viewer.role}; ask for
        one that has it.
      </Closed>
    );
  }
  return (
    <Boundary key={page.path}>
      <Suspense fallback={<Skeleton lines={8} />}>
        <View />
      </Suspense>
    </Boundary>
  );
}
