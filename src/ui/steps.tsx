import type { FC } from "hono/jsx";

export type Step = { label: string; state: "done" | "current" | "ahead"; href?: string | undefined };

/** The way through a longer task: what is done, where one is, what comes. */
export const Steps: FC<{ label: string; steps: Step[] }> = ({ label, steps }) => (
  <div class="usa-step-indicator">
    <ol class="usa-step-indicator__segments" aria-label={label}>
      {steps.map((step) => (
        <li class={segment[step.state]} aria-current={step.state === "current" ? "step" : undefined}>
          <span class="usa-step-indicator__segment-label">
            {step.href && step.state !== "current" ? <a href={step.href}>{step.label}</a> : step.label}
            {step.state === "current" ? null : (
              <span class="usa-sr-only">{step.state === "done" ? ", done" : ", not yet"}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  </div>
);

const segment: Record<Step["state"], string> = {
  done: "usa-step-indicator__segment usa-step-indicator__segment--complete",
  current: "usa-step-indicator__segment usa-step-indicator__segment--current",
  ahead: "usa-step-indicator__segment",
};
