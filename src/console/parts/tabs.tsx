interface TabsProps {
  /** What the tabs lead to. */
  label: string;
  items: readonly { address: string; title: string; isOpen: boolean }[];
}

/** Links to the parts of a page, each with an address of its own. */
export function Tabs({ label, items }: TabsProps) {
  return (
    <nav className="tabs" aria-label={label}>
      {items.map(({ address, title, isOpen }) => (
        <a key={address} href={address} aria-current={isOpen ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}
