package dev.fettle.core.report;

/** The page's style. The colours are those of Okabe and Ito, which people with any kind of colour vision can tell apart. */
final class StyleSheet {
    private StyleSheet() {}

    static final String CSS = """
            :root{--bg:#fbfaf8;--card:#fff;--ink:#1c2024;--muted:#62686f;--line:#e3e1dc;--soft:#f1efea;
              --blue:#0072b2;--sky:#56b4e9;--green:#009e73;--orange:#e69f00;--olive:#94860a;--violet:#6a51a3;--pink:#b3588f;--grey:#8b9097;
              --good:#00734f;--bad:#b04405;--heat:#d55e00;--shadow:0 1px 2px rgba(20,20,20,.05)}
            @media (prefers-color-scheme:dark){:root{--bg:#14171a;--card:#1c2024;--ink:#e8e9ea;--muted:#9aa1a9;
              --line:#30363c;--soft:#262b30;--blue:#4aa8de;--sky:#7cc6f2;--green:#2dbd94;--orange:#efb134;--olive:#d9cc4a;--violet:#a993e0;
              --pink:#d98abb;--grey:#8b9299;--good:#4fd1a5;--bad:#ff9b61;--heat:#f0803c;--shadow:none}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--bg);color:var(--ink);
              font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;
              font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%}
            main{max-width:1180px;margin:0 auto;padding:36px 28px 64px}
            h1{font-size:30px;line-height:1.2;margin:2px 0 6px;letter-spacing:-.02em;overflow-wrap:anywhere}
            h2{font-size:20px;letter-spacing:-.01em;margin:0 0 4px;display:flex;align-items:center;gap:10px}
            h4{font-size:12px;margin:0 0 2px;color:var(--muted);font-weight:600}
            section{margin-top:44px}
            p{margin:4px 0}
            code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
            small{font-size:12.5px;color:var(--muted)}
            ul,ol{margin:6px 0;padding-left:20px}
            li{overflow-wrap:anywhere;margin:2px 0}
            .lead{color:var(--muted);max-width:78ch;margin-bottom:12px}
            .muted{color:var(--muted);font-weight:400}
            .eyebrow{color:var(--muted);font-size:13px;margin:0}
            .top{display:flex;justify-content:space-between;gap:24px;align-items:flex-start;flex-wrap:wrap}
            .top h1 .badge{vertical-align:6px}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(165px,1fr));gap:12px;margin-top:14px}
            .figure{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px;
              box-shadow:var(--shadow);display:flex;flex-direction:column;min-width:0}
            .figure b{font-size:25px;line-height:1.25;font-weight:650;letter-spacing:-.02em}
            .figure span{font-size:12.5px}
            .source{margin-top:auto;padding-top:4px;font-size:11.5px;color:var(--muted)}
            .source::before{content:"";display:inline-block;width:8px;height:8px;border-radius:50%;margin-right:6px;
              background:var(--green)}
            .source.estimated::before{background:none;border:2px solid var(--blue)}
            .source.assumed::before{background:none;border:2px dotted var(--orange)}
            .badge{display:inline-block;font-size:11.5px;line-height:1;font-weight:650;padding:5px 8px;border-radius:6px;
              background:var(--soft);color:var(--ink);white-space:nowrap;letter-spacing:.01em}
            .verdict-approve{background:var(--good);color:var(--bg)}
            .verdict-reject{background:var(--bad);color:var(--bg)}
            .verdict-conditional,.verdict-marginal,.verdict-inconclusive{background:var(--orange);color:#1c2024}
            .badge.plan{background:var(--blue);color:var(--bg)}
            .badge.sev-critical,.badge.sev-high{background:var(--bad);color:var(--bg)}
            .badge.sev-medium,.badge.risk-high{background:var(--orange);color:#1c2024}
            .count{font-size:13px;font-weight:600;background:var(--soft);border-radius:20px;padding:1px 9px;color:var(--muted)}
            .panes{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:16px;margin-top:12px}
            .panes.one{grid-template-columns:minmax(0,1fr)}
            figure{margin:0 0 12px;background:var(--card);border:1px solid var(--line);border-radius:10px;
              box-shadow:var(--shadow);padding:12px 14px;min-width:0}
            figcaption{display:flex;justify-content:space-between;margin-bottom:8px}
            .scroll{overflow:auto;max-width:100%}
            svg{display:block}
            svg text{fill:var(--ink);font-family:inherit}
            svg .name{font-size:12.5px;font-weight:560}
            svg .sub{font-size:11px;fill:var(--muted)}
            .graph{margin:0 auto;max-width:100%;height:auto}
            .node>rect:first-of-type{fill:var(--soft);stroke:var(--line);stroke-width:1}
            .in-agent>rect:first-of-type{fill:color-mix(in srgb,var(--pink) 16%,var(--card))}
            .in-tool>rect:first-of-type{fill:color-mix(in srgb,var(--orange) 18%,var(--card))}
            .in-function>rect:first-of-type{fill:color-mix(in srgb,var(--blue) 12%,var(--card))}
            .in-command>rect:first-of-type{fill:color-mix(in srgb,var(--green) 14%,var(--card))}
            .in-human>rect:first-of-type{fill:color-mix(in srgb,var(--olive) 18%,var(--card))}
            .in-team>rect:first-of-type{fill:color-mix(in srgb,var(--violet) 16%,var(--card))}
            .in-sub-workflow>rect:first-of-type{fill:color-mix(in srgb,var(--sky) 16%,var(--card))}
            .node .heat,i.heat{fill:var(--heat);background:var(--heat)}
            .node.removed>rect:first-of-type{fill:none;stroke:var(--muted);stroke-dasharray:1.5 3}
            .node.removed text{fill:var(--muted)}
            .node.changed>rect:first-of-type{stroke:var(--ink);stroke-width:2;stroke-dasharray:7 4}
            .node.added>rect:first-of-type{stroke:var(--ink);stroke-width:2.2}
            .strike{stroke:var(--ink);stroke-width:1.5}
            .block rect{fill:none;stroke:var(--grey);stroke-width:1.2;stroke-dasharray:5 4}
            .block.added rect{stroke:var(--ink);stroke-width:2.2;stroke-dasharray:none}
            .edge path{fill:none;stroke:var(--grey);stroke-width:1.3}
            .dense .edge path{opacity:.55}
            .flow path{stroke-width:1.1;opacity:.8}
            .edge .tip{fill:var(--grey);stroke:none}
            .edge.loop path{stroke-dasharray:4 3}
            .k-agent{fill:var(--pink);background:var(--pink)}.k-tool{fill:var(--orange);background:var(--orange)}
            .k-function{fill:var(--blue);background:var(--blue)}.k-command{fill:var(--green);background:var(--green)}
            .k-condition{fill:var(--grey);background:var(--grey)}.k-human{fill:var(--olive);background:var(--olive)}
            .k-team{fill:var(--violet);background:var(--violet)}.k-sub-workflow{fill:var(--sky);background:var(--sky)}
            .k-parallel{fill:var(--grey);fill-opacity:.35;background:var(--grey)}
            .legend{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:12.5px;color:var(--muted)}
            .key i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px}
            i.mark-removed{border:1.5px dotted var(--muted)}i.mark-changed{border:2px dashed var(--ink)}
            i.mark-added{border:2px solid var(--ink)}.key i[class^=mark]{width:18px;height:12px;vertical-align:-1px}i.heat{height:4px!important;width:16px!important;vertical-align:3px}
            .timeline{width:100%;min-width:720px;height:auto}
            .grid{stroke:var(--line);stroke-width:1}
            .end{stroke:var(--ink);stroke-width:1.2;stroke-dasharray:3 3;opacity:.6}
            .bar .failed{stroke:var(--bad);stroke-width:2}
            .stack{display:grid;grid-template-columns:56px minmax(0,1fr);align-items:center;margin:6px 0}
            .stack b{font-size:13px}
            .segments{display:flex;gap:2px;height:30px;border-radius:7px;overflow:hidden}
            .segments span{min-width:3px;flex-basis:0;overflow:hidden;background:var(--grey);color:#fff}
            .segments em{font-style:normal;font-size:12px;line-height:30px;padding:0 8px;white-space:nowrap}
            .s0{background:#0072b2!important}.s1{background:#9c4300!important}.s2{background:#00684c!important}
            .s3{background:#8f3d70!important}.s4{background:#2f6d94!important}.s5{background:#6e5a00!important}
            .segments .rest{background:#767c84!important}
            table{border-collapse:collapse;width:100%;margin-top:10px;font-size:14px}
            th{font-size:12.5px;color:var(--muted);font-weight:600;text-align:left;border-bottom:1px solid var(--line);
              padding:6px 14px 6px 0;white-space:nowrap}
            td{border-bottom:1px solid var(--line);padding:6px 14px 6px 0;vertical-align:middle}
            td:first-child{min-width:150px}
            .n{text-align:right;white-space:nowrap}
            .strong{font-weight:650}
            .dot{display:inline-block;width:9px;height:9px;border-radius:3px;margin-right:8px}
            .meter{min-width:150px;white-space:nowrap}
            .track{display:inline-block;width:110px;height:8px;border-radius:4px;background:var(--soft);overflow:hidden;
              margin-right:8px;vertical-align:1px}
            .track span{display:block;height:100%;background:var(--heat);border-radius:4px}
            .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:12px;margin-top:10px}
            .card{background:var(--card);border:1px solid var(--line);border-radius:10px;box-shadow:var(--shadow);
              padding:14px 16px;min-width:0}
            .card header{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:center;margin-bottom:4px}
            .card header code{color:var(--muted)}
            .card.suggestion{margin:10px 0}
            .card.planned{border-color:var(--blue)}
            .facts{display:flex;flex-wrap:wrap;gap:2px 18px;font-size:13px;color:var(--muted)}
            .facts b{color:var(--ink)}
            .advice{font-size:14px}
            .gains{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:10px 22px;margin:10px 0;
              padding:10px 0;border-top:1px solid var(--line);border-bottom:1px solid var(--line)}
            .gains div{display:flex;flex-direction:column;min-width:0}
            .gains b{font-size:19px;line-height:1.3;letter-spacing:-.01em}
            .gains span{font-size:12.5px}
            .good{color:var(--good)}.bad{color:var(--bad)}
            .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:8px 28px}
            details{margin-top:8px}
            summary{cursor:pointer;font-size:13.5px;color:var(--muted)}
            .id{font:12px ui-monospace,Menlo,Consolas,monospace;color:var(--muted);overflow-wrap:anywhere}
            .steps li{margin:6px 0}
            .interval p{margin:0}.interval b{font-size:22px;letter-spacing:-.01em}
            .ci{width:100%;max-width:560px;height:auto;margin-bottom:8px}
            .span{fill:var(--blue);opacity:.35}.value{fill:var(--blue)}
            dl{display:grid;grid-template-columns:auto 1fr;gap:4px 18px;margin:0}
            dt{color:var(--muted)}dd{margin:0;font-weight:560}
            .reasons{color:var(--muted)}
            footer{margin-top:52px;padding-top:14px;border-top:1px solid var(--line);font-size:12.5px;color:var(--muted)}
            @media (max-width:820px){main{padding:22px 16px 48px}.panes{grid-template-columns:minmax(0,1fr)}h1{font-size:24px}}
            @media print{body{background:#fff}main{max-width:none;padding:0}section{break-inside:auto;margin-top:26px}
              .card,figure,.figure{break-inside:avoid;box-shadow:none}.scroll{overflow:visible;max-height:none!important}}
            """;
}
