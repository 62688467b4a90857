import type { FC, PropsWithChildren } from "hono/jsx";
import { type ButtonProps, Buttons } from "./form.tsx";
import { Icon, type IconName } from "./icon.tsx";

export type EmptyStateProps = PropsWithChildren<{
  /** What will be here: "No rosters yet". */
  heading: string;
  level?: 2 | 3 | undefined;
  icon?: IconName | undefined;
  /** The first step. */
  main?: ButtonProps | undefined;
  quiet?: ButtonProps[] | undefined;
}>;

/** An empty page teaches the first step. */
export const EmptyState: FC<EmptyStateProps> = ({
  heading,
  level = 2,
  icon = "leaf",
  main,
  quiet,
  children,
}) => {
  const Heading = `h${level}` as "h2";
  return (
    <div class="empty">
      <Icon name={icon} />
      <Heading class="empty-heading">{heading}</Heading>
      <div class="stack-tight">{children}</div>
      {main || quiet ? <Buttons main={main} quiet={quiet} /> : null}
    </div>
  );
};
