#!/bin/sh
# Install the distribution's browsers, a Chinese font, nginx and Caddy for the tests, unless they are there.
set -eu
missing=""
has() { command -v "$1" >/dev/null; }
has chromium-headless-shell || missing="chromium-headless-shell"
has chromium || has chromium-browser || has google-chrome || missing="$missing chromium"
has firefox-esr || has firefox || missing="$missing firefox-esr"
has WebKitWebDriver || missing="$missing webkit2gtk-driver"
has Xvfb || missing="$missing xvfb"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -e /usr/lib/nginx/modules/ngx_http_brotli_static_module.so ] || missing="$missing nginx-light libnginx-mod-http-brotli-static"
has caddy || missing="$missing caddy"
[ -z "$missing" ] && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
if has apt-get; then
  echo "安装浏览器和服务器测试要用的：$missing（约一两分钟）"
  $sudo apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "请先用系统的软件包管理器安装：$missing" >&2
  exit 1
fi
