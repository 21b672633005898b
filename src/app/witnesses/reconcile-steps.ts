/** What reconciles records; loaded when there is one to be reconciled. */
export { reconcileStep } from "./reconcile-step.ts";
export { stepsBack } from "./step.ts";
