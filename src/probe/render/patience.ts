/** Seconds that one patient probe waits at most; the engine starts the next one right after it. */
const WAIT = 2;

/** How soon after the container's start a patient probe begins, and how soon after another that was in vain. */
export const PATIENT_START_INTERVAL = "50ms";

/**
 * A command that, while the container is young, waits until the check passes instead of failing: it sees readiness within a
 * tenth of a second, and for a fifth of the work of probes that the engine starts again and again (docs/probes.md). After the
 * start period it is the check and nothing else. Where the age can't be told (a process namespace of the host), it never waits.
 *
 * @param startPeriod seconds that the container counts as young.
 */
export function patient(test: readonly string[], startPeriod: number): readonly string[] {
  const [form, ...words] = test;
  const command = form === "CMD" ? words : ["sh", "-c", ...words];
  return ["CMD", "sh", "-c", script(Math.floor(startPeriod)), "sh", ...command];
}

// Process 1 began with the container: field 22 of its state, in hundredths of a second since the machine started.
function script(startPeriod: number): string {
  return [
    "age() { read -r up _ </proc/uptime; read -r stat </proc/1/stat; set -- ${stat##*)}; echo $((${up%.*} - ${20} / 100)); }",
    `end=$(($(age) + ${WAIT})); [ $end -lt ${startPeriod} ] || end=${startPeriod}`,
    'until answer=$("$@" 2>&1); do code=$? age=$(age)',
    `[ "$age" -lt $end ] || { printf '%s\\n' "$answer"; exit $code; }`,
    // Who takes longer to start is looked at less often: the lag stays below a tenth of it.
    "sleep 0.$((age < 5 ? 1 : 5)) || sleep 1; done",
    `printf '%s\\n' "$answer"`,
  ].join("; ");
}
