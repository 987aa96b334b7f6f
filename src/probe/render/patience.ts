/** How soon after the container's start a patient probe begins, and how soon after another that was in vain. */
export const PATIENT_START_INTERVAL = "10ms";

/** Seconds between two tries of a patient probe, at most. */
export const LONGEST_PAUSE = 1;

/**
 * A command that, while the container is young, waits until the check passes instead of failing: it sees readiness sooner, and
 * for a fraction of the work of probes that the engine starts again and again (docs/probes.md). After the start period it is
 * the check and nothing else. Where the age can't be told (a process namespace of the host), it never waits.
 *
 * @param startPeriod seconds that the container counts as young.
 * @param timeout seconds that Docker gives the command; it waits for half of them, so that the check can still say why it fails.
 */
export function patient(test: readonly string[], startPeriod: number, timeout: number): readonly string[] {
  const [form, ...words] = test;
  const time = { young: startPeriod, most: timeout / 2 };
  if (form === "CMD") return ["CMD", "sh", "-c", script('"$@"', time), "sh", ...words];
  // It stands in a function as it is: to start another shell for it would cost more than most checks.
  return ["CMD", "sh", "-c", `check() {\n${words.join(" ")}\n}\n${script("check", time)}`];
}

// Process 1 began with the container. A pause is a fortieth of the age and four times what the check took: who starts slowly is
// looked at less often, and so is everybody on a busy machine.
function script(check: string, seconds: { readonly young: number; readonly most: number }): string {
  const young = Math.floor(seconds.young * 100);
  const most = Math.floor(seconds.most * 100);
  return `# Until the container is ${seconds.young} s old, wait up to ${seconds.most} s for the check to pass.
lived() { # of process 1, in hundredths of a second
  read -r up _ </proc/uptime
  read -r stat </proc/1/stat
  set -- \${stat##*)}
  lived=$((\${up%.*}\${up#*.} - \${20:-0}))
}
lived; end=$((lived + ${most} < ${young} ? lived + ${most} : ${young}))
until began=$lived; said=$(${check} 2>&1); do
  code=$?; lived
  [ $lived -lt $end ] || { printf %s "$said"; exit $code; }
  # The longer it takes, the longer the pauses: 20 ms to 1 s.
  pause=$((102 + lived / 40 + 4 * (lived - began)))
  [ $pause -lt 200 ] || pause=199
  sleep 0.\${pause#1} || sleep 1
  lived
done
printf %s "$said"`;
}
