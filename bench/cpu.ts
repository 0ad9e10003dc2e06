/** Measures the CPU-seconds of all threads of this process while `work` runs. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Returns how often `work` is done per CPU-second. Each run of `work` does it `times` times; a warm-up run is not counted. */
export async function perCpuSecond(times: number, work: () => unknown): Promise<number> {
  await work();
  return times / (await cpuSeconds(work));
}
