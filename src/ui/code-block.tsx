import type { FC, PropsWithChildren } from "hono/jsx";
import { ScrollRegion } from "./scroll-region.tsx";

/** What is typed into a shell or a program, as it is; long lines scroll in their own region. */
export const CodeBlock: FC<PropsWithChildren<{ label: string }>> = ({ label, children }) => (
  <ScrollRegion label={label}>
    <pre class="code-block">
      <code>{children}</code>
    </pre>
  </ScrollRegion>
);
