import { mailBench } from "../mail.ts";
import { atLeast, type Row } from "../row.ts";

export const MAIL: Row = {
  name: "mail",
  work: "`send` to 2,000 readers over loopback SMTP, a message",
  needs: [],
  async measure() {
    const found = await mailBench();
    const each = (perSecond: number) => ({ wall: 1000 / perSecond, cpu: null, rss: 0 });
    return [
      {
        row: MAIL.name,
        work: MAIL.work,
        ours: each(found.ours),
        baseline: { name: "bare nodemailer pool", medians: each(found.baseline) },
        cpuRatio: null,
        checks: [atLeast("messages a second, against the pool's", found.ratio, 0.7, "×")],
        note: `${Math.round(found.ours)} messages/s, ${found.bytes} bytes each`,
      },
    ];
  },
};
