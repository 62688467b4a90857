// Numbers in words of the page. Formatters are made once: making one costs more than formatting a table.
import { localeNow } from "./language.ts";

const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
  const formatters = new Map<string, Intl.NumberFormat>();
  return (value) => {
    const locale = localeNow();
    const formatter = formatters.get(locale) ?? new Intl.NumberFormat(locale, options);
    formatters.set(locale, formatter);
    return formatter.format(value);
  };
};

/** "1,234.5": at most two decimals, none that are zero. */
export const numberText = format({ maximumFractionDigits: 2 });
/** "1,234.50": an amount in a column that says its unit, such as dollars or hours. */
export const amountText = format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
/** "$1,234.50". */
export const dollarText = format({ style: "currency", currency: "USD" });
/** "12.5": one decimal always. */
export const tenthsText = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** "12.5", "12": one decimal where there is one. */
export const shortText = format({ maximumFractionDigits: 1 });
/** "12". */
export const wholeText = format({ maximumFractionDigits: 0 });
