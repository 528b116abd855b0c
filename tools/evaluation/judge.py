"""Ask every question through `alumina ask --batch` and judge the answers against the published figures.

    python judge.py ALUMINA FIGURES.csv SET.jsonl... [-v]
Per turn: right; broad (the figure asked for, among others of another flow or series); offered (not answered, but one of the first three suggestions
is right when it is asked in its place); refused (nothing helps); missing (answered, the figure asked for not in it); wrong (a figure of another series,
flow, period or value, or an answer where none may be).
Last line: the shares. Exit 0 where right >= RIGHT, right + broad + offered >= HELPFUL and wrong <= WRONG (environment, in percent)."""
import collections, csv, json, os, pathlib, subprocess, sys, tempfile
rec = collections.defaultdict(list)
def load(figures):
    """Take in what was published."""
    for r in csv.DictReader(pathlib.Path(figures).read_text(encoding='utf-8').splitlines()):
        if r['value'] and not r['partner']: rec[(r['commodity'], r['flow'], r['measure'], r['kind'], r['period'])].append((float(r['value']), float(r['step'] or 1), r['scope']))
def prev(p): y, m = map(int, p.split('-')); return f'{y}-{m-1:02d}' if m > 1 else None
def candidates(key):
    """Every (value, tolerance) that published rows allow for the key."""
    c, f, m, kind, p = key
    out = [(v, s / 2 + 1e-6) for v, s, _ in rec[key]]
    if kind in ('quarter', 'half', 'year', 'range'):   # months added up, or a difference of running totals; corrections of up to 1 % may lie in it
        a, b = (months(p) * 2)[:2] if '..' not in p else p.split('..'); (ya, ma), (yb, mb) = (map(int, x.split('-')) for x in (a, b))
        span = [f'{n // 12}-{n % 12 + 1:02d}' for n in range(ya * 12 + ma - 1, yb * 12 + mb)]; got = [rec[(c, f, m, 'month', x)] for x in span]
        for scope in set.intersection(*[{x for _, _, x in g} for g in got]) if got and all(got) else ():
            one = [next(r for r in g if r[2] == scope) for g in got]; t = sum(r[0] for r in one); out.append((t, sum(r[1] for r in one) / 2 + t / 100))
        if ya == yb:
            for v, st, x in rec[(c, f, m, 'ytd', b)]:
                if ma == 1: out.append((v, st / 2 + v / 200))
                out += [(v - w, st / 2 + sw / 2 + (v - w) / 50) for w, sw, y in rec[(c, f, m, 'ytd', f'{ya}-{ma - 1:02d}')] if ma > 1 and x == y]
        return out
    if kind == 'month':
        if p.endswith('-01'): out += [(v, s / 2) for v, s, _ in rec[(c, f, m, 'ytd', p)]]
        elif prev(p):
            out += [(a - b, sa / 2 + sb / 2) for a, sa, x in rec[(c, f, m, 'ytd', p)] for b, sb, y in rec[(c, f, m, 'ytd', prev(p))] if x == y]
            if p.endswith('-02'): out += [(a - b, sa / 2 + sb / 2) for a, sa, x in rec[(c, f, m, 'ytd', p)] for b, sb, y in rec[(c, f, m, 'month', prev(p))] if x == y]
    if kind == 'ytd':
        n = int(p[5:]); got = [rec[(c, f, m, 'month', f'{p[:4]}-{i:02d}')] for i in range(1, n + 1)]
        for scope in set.intersection(*[{x for _, _, x in g} for g in got]) if all(got) else ():
            one = [next(r for r in g if r[2] == scope) for g in got]; out.append((sum(r[0] for r in one), sum(r[1] for r in one) / 2))
        for i in range(n - 1, 0, -1):   # a running total plus the months after it
            for a, sa, _ in rec[(c, f, m, 'ytd', f'{p[:4]}-{i:02d}')]:
                rest = [rec[(c, f, m, 'month', f'{p[:4]}-{j:02d}')] for j in range(i + 1, n + 1)]
                if all(rest): out.append((a + sum(x[0][0] for x in rest), sa / 2 + sum(x[0][1] for x in rest) / 2))
        for a, sa, x in rec[(c, f, m, 'ytd', f'{p[:4]}-{n+1:02d}')]:   # the next total less its month
            for b, sb, y in rec[(c, f, m, 'month', f'{p[:4]}-{n+1:02d}')]:
                if x == y: out.append((a - b, sa / 2 + sb / 2))
    return out
UNIT = {'t': 1, 'kt': 1e3, 'Mt': 1e6, '万吨': 1e4, 'lb': 0.00045359237, 'short tons': 0.90718474, 'usd': 1, 'USD': 1, 'US$': 1}
def same(k):
    """Keys that name the same span: the first quarter is January to March, a calendar year the total to December."""
    c, f, m, kind, p = k; out = {k}
    if kind == 'ytd':
        y, mo = p.split('-'); out |= {(c, f, m, *x) for x in {'03': [('quarter', f'{y}-Q1')], '06': [('half', f'{y}-H1')], '12': [('year', y)]}.get(mo, [])} | {(c, f, m, 'range', f'{y}-01..{p}')}
    return out
def key(f): return (f.get('commodity'), f.get('flow'), f.get('measure'), f.get('kind'), f.get('period'))
def months(p):
    if 'Q' in p: y, q = p.split('-Q'); return [f'{y}-{int(q)*3-2:02d}', f'{y}-{int(q)*3:02d}']
    if 'H' in p: y, h = p.split('-H'); return [f'{y}-{int(h)*6-5:02d}', f'{y}-{int(h)*6:02d}']
    if len(p) == 4: return [p + '-01', p + '-12']
    if '..' in p: return p.split('..')
    return [p]
def value_ok(f):
    c = candidates(key(f))
    if not c or f.get('value') is None: return True
    v = f['value'] * UNIT.get(f.get('unit', 't'), 1)
    return any(abs(v - x) <= tol + max(1, abs(x) * 2e-4) for x, tol in c)

def judge(exp, ans):
    shown = ans.get('figures') or ((ans.get('instead') or []) if exp['ok'] is True and not exp.get('figures') else [])   # the newest, where a month is not out
    figs = [f for f in shown if f.get('value') is not None or f.get('yoy_pct') is not None]
    if exp['ok'] in (False, 'quiet'):
        if ans.get('outcome') in ('no_figure', 'outside', 'ask_back', 'not_understood'): return 'right', ''
        return ('wrong', 'answered: ' + str([key(f) for f in figs[:3]])) if figs and ans.get('understood', True) else ('right', '')
    lo, hi = (exp.get('periods') or ['0000-00', '9999-99'])
    for f in figs:
        if f.get('partner') and exp['ok'] is True and exp.get('figures'): return 'wrong', f'partner {f["partner"]}'
        if exp.get('commodities') and f['commodity'] not in exp['commodities']: return 'wrong', f'series {key(f)}'
        if exp.get('flows') and f['flow'] not in exp['flows'] and f['flow'] in ('export', 'import'): return 'wrong', f'flow {key(f)}'
        ms = months(str(f.get('period', lo)))
        if f.get('kind') != 'ytd' and not all(lo <= m <= hi for m in ms): return 'wrong', f'period {key(f)} not in {lo}..{hi}'
        if f.get('kind') == 'ytd' and not (lo <= ms[-1] <= hi): return 'wrong', f'period {key(f)} not in {lo}..{hi}'
        if not f.get("partner") and not value_ok(f): return 'wrong', f'value {key(f)} {f["value"]} against {candidates(key(f))[:2]}'
    if exp['ok'] == 'ask': return 'right', ''
    have = {key(f) for f in figs}
    for k in map(tuple, exp.get('figures', [])):
        if same(k) & have: continue
        if not candidates(k): continue           # not on record, not derivable: saying so is right
        return ('missing', f'{k}') if figs else ('refused', f'{k}')
    if not exp.get('figures') and not figs and not (ans.get('outcome') == 'answered' and ans.get('text')) and not (exp.get('view') and set(exp['view']) & {'help', 'sources', 'export', 'highlights'}): 
        return 'refused', 'no figure at all'
    if exp.get('view') and (ans.get('question') or {}).get('view') not in exp['view']: return 'missing', f"view {(ans.get('question') or {}).get('view')} not in {exp['view']}"
    if exp.get('measure') and (ans.get('question') or {}).get('measure') != exp['measure']: return 'missing', f"measure {(ans.get('question') or {}).get('measure')}"
    return 'right', ''

def ask(alumina, turns):
    """The answers of each thread, in one run of the program."""
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', delete=False) as t:
        for c in turns: t.write(json.dumps(c, ensure_ascii=False) + '\n')
    run = subprocess.run([alumina, 'ask', '--batch', t.name, '--json'], capture_output=True, text=True, timeout=900)
    lines = [l for l in run.stdout.splitlines() if l.strip()]
    if len(lines) != len(turns): print(run.stderr[-500:]); print(f'{len(lines)} answers for {len(turns)} cases'); sys.exit(1)
    return [a if isinstance(a, list) else [a] for a in map(json.loads, lines)]
def broad(exp, ans):
    """Whether every figure asked for is there and right, and what is too much is only another flow or series of the same time."""
    if exp['ok'] is not True or not (exp.get('flows') or exp.get('commodities')): return False
    slim = {**ans, 'figures': [f for f in ans.get('figures') or [] if f['commodity'] in (exp.get('commodities') or [f['commodity']]) and f['flow'] in (exp.get('flows') or [f['flow']])]}
    return bool(slim['figures']) and judge(exp, slim)[0] == 'right'

def judged(alumina, cases):
    """Each turn as [verdict, why, case, turn, answer]."""
    found, retry = [], []
    for c, answers in zip(cases, ask(alumina, [c['turns'] for c in cases])):
        for i, (exp, ans) in enumerate(zip(c['expect'], answers)):
            v, why = judge(exp, ans)
            if v == 'wrong' and broad(exp, ans): v = 'broad'
            found.append([v, why, c, i, ans])
            if v in ('refused', 'missing') and not any(f.get('value') for f in ans.get('figures') or []): retry += [(len(found) - 1, c['turns'][:i] + [t]) for t in (ans.get('suggestions') or [])[:3]]
    for (n, _), answers in zip(retry, ask(alumina, [t for _, t in retry]) if retry else []):
        v, why, c, i, ans = found[n]
        if v != 'offered' and judge(c['expect'][i], answers[-1])[0] == 'right': found[n][0] = 'offered'
    return found
def shares(found):
    """The share of each verdict in percent, and of what helps."""
    n = len(found) or 1; count = collections.Counter(v for v, *_ in found)
    share = {k: 100 * count[k] / n for k in ('right', 'broad', 'offered', 'refused', 'missing', 'wrong')}
    return share | {'helpful': share['right'] + share['broad'] + share['offered']}
def main():
    verbose = '-v' in sys.argv; alumina, figures, *sets = [a for a in sys.argv[1:] if a != '-v']
    load(figures); found = judged(alumina, [json.loads(l) for s in sets for l in open(s) if l.strip()]); group = collections.defaultdict(collections.Counter)
    for v, why, c, i, ans in found:
        group[c['id'].split('-')[0]][v] += 1
        if v != 'right' and verbose: print(f"{v:8} {c['id']}.{i+1} {c['turns'][i] if isinstance(c['turns'][i], str) else c['turns'][i]['text']!r}: {why[:160]}")
    for g, k in group.items(): print(g, dict(k))
    share = shares(found); helpful = share.pop('helpful')
    print(f'{len(found)} turns: ' + ', '.join(f'{k} {v:.1f}%' for k, v in share.items()) + f'; helpful {helpful:.1f}%')
    E = os.environ.get
    sys.exit(0 if share['right'] >= float(E('RIGHT', 85)) and helpful >= float(E('HELPFUL', 95)) and share['wrong'] <= float(E('WRONG', 1)) else 1)
if __name__ == '__main__': main()
