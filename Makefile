# 所有命令都会先备好环境（.venv）；没有 make 的机器请看 CONTRIBUTING.md。
PYTHON ?= python3.11
BIN := .venv/bin
HOST ?= 127.0.0.1:8000
# 预览写在内存里：两千个小文件，写磁盘要慢一倍
MEMORY := $(firstword $(wildcard /dev/shm) $(TMPDIR) /tmp)
export NO_MKDOCS_2_WARNING := 1  # a notice about the theme, not about the content

.PHONY: serve test test-quick check-code build check fix new stale lock dist host bench requirements clean

serve: .venv/site  ## 看站：首次约一分钟备环境，之后几秒；改卡片和模板即时重载
	@echo "打开 http://$(HOST)/  （Ctrl+C 结束）"
	TMPDIR=$(MEMORY) $(BIN)/mkdocs serve --dev-addr $(HOST) --livereload

test: check-code .venv/system  ## 跑全部测试，两核约半小时
	$(BIN)/pytest -n 2

test-quick: .venv/test  ## 只跑不开浏览器、不建站的测试，一分钟内
	$(BIN)/pytest -n 2 -m "not slow"

check-code: .venv/test node_modules/.package-lock.json  ## 查程序：类型、写法、排版，约半分钟，要 Node 20
	$(BIN)/ruff check hooks tests
	$(BIN)/ruff format --check hooks tests
	$(BIN)/mypy
	npx tsc -p jsconfig.json
	npx tsc -p jsconfig.worker.json
	npx biome check --error-on-warnings
	node tests/house/floor.mjs $$(git ls-files docs/assets/*.css docs/assets/*.js overrides/sw.js)

build: .venv/site  ## 建站到 site/，失败时保留上一次的
	$(BIN)/python hooks/cli.py build

dist: build  ## 打包成 dist/huabei-handbook.zip，U 盘上直接打开，几秒
	@$(BIN)/python hooks/cli.py dist

host: build  ## 为 deploy/ 里的 nginx、Caddy 配置备好 dist/host/，约一分钟
	@$(BIN)/python hooks/cli.py host

bench: .venv/test .venv/system build  ## 求决策树的最优值，和同类比搜索，再跑 Lighthouse、量预览：约半小时，要 Node 20 和评测集（KB_SHARED；有标签的问句用 QUERIES=文件.tsv）
	$(BIN)/pip install --quiet --disable-pip-version-check -r tests/bench/requirements.lock
	npm ci --silent --prefix tests/bench
	$(BIN)/python tests/bench/optimum.py
	$(BIN)/python tests/bench/learn.py --folds $(addprefix --queries ,$(QUERIES))
	TMPDIR=$(MEMORY) $(BIN)/python tests/bench/search.py --corpora site $(QUERIES) atec500_0 atec500_1 lcqmc docs1000
	TMPDIR=$(MEMORY) $(BIN)/python tests/bench/search.py --corpora docs10000 --engines ours pagefind marz
	$(BIN)/python tests/bench/lighthouse.py
	TMPDIR=$(MEMORY) $(BIN)/python tests/bench/reload.py

check: .venv/site  ## 查全部内容，两秒内
	@$(BIN)/python hooks/cli.py check

fix: .venv/site  ## 自动改好能机械改的：排版、小节编号、行尾
	@$(BIN)/python hooks/cli.py fix

new: .venv/site  ## 新卡片：make new kind=cause（或 remedy、question）
	@$(BIN)/python hooks/cli.py new $(kind)

stale: .venv/site  ## 过了复查日的卡片，按谁来办排
	@$(BIN)/python hooks/cli.py stale

lock: .venv/site  ## 登记新的编号和网址，发布时由 .ci/release 运行
	@$(BIN)/python hooks/cli.py lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/site: requirements.lock | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/test: requirements-test.lock | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@ .venv/site

node_modules/.package-lock.json: package-lock.json
	npm ci --silent --prefer-offline
	@touch $@

.venv/system: tests/install-system.sh | .venv/bin/python
	sh tests/install-system.sh
	@touch $@

requirements:  ## 由 pyproject.toml 重新锁定依赖（要 uv）
	uv pip compile --quiet --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --generate-hashes --python-version 3.11 --group test pyproject.toml -o requirements-test.lock

clean:
	rm -rf .venv .cache site dist
