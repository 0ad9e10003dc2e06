/** US dollars to the cent; `-` for what is not known. */
export function cents(usd: number | undefined): string {
  if (usd === undefined) {
    return '-';
  }
  if (usd > 0 && usd < 0.005) {
    return '<$0.01';
  }
  const amount = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${usd <= -0.005 ? '-' : ''}$${amount}`;
}

/** US dollars as JSON and CSV have them: to the millionth, `null` for what is not known. */
export function exactUsd(usd: number | undefined): number | null {
  return usd === undefined ? null : Math.round(usd * 1_000_000) / 1_000_000;
}
