"""Serves moto's EC2 on a free loopback port and prints the port.

It corrects moto in four ways. Stock moto_server speaks HTTP/1.0, which loses connections under load. Moto drops the descriptions
of rules whose far end is a group or a prefix list, and the new size of a prefix list, so that every second plan would show
them as changed. It does not know groups of different accounts.

A line with a number on standard input delays every revocation by that many seconds from then on. The server ends with its
input, so it does not outlive the test that started it.
"""

import inspect
import io
import sys
import threading
import time

from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses.vpcs import VPCs
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

delay = {"seconds": 0.0}


class KeepAliveHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_args):
        pass


def keep_descriptions():
    original = SecurityGroupRule.__init__
    signature = inspect.signature(original)

    def patched(self, *args, **kwargs):
        original(self, *args, **kwargs)
        given = signature.bind(self, *args, **kwargs).arguments
        for far_end in (self.source_group, given.get("prefix_list_id") or {}):
            if "Description" in far_end:
                self.ip_range = {**self.ip_range, "Description": far_end.pop("Description")}

    SecurityGroupRule.__init__ = patched


def resize_prefix_lists():
    original = VPCs.modify_managed_prefix_list

    def patched(self):
        answer = original(self)
        max_entries = self._get_param("MaxEntries")
        if max_entries is not None:
            answer.result["PrefixList"].max_entries = int(max_entries)
        return answer

    VPCs.modify_managed_prefix_list = patched


def accept_groups_of_different_accounts():
    own = SecurityGroupBackend._add_source_group

    def patched(self, source_groups, vpc_id):
        foreign = [group for group in source_groups or [] if group.get("UserId", self.account_id) != self.account_id]
        for group in foreign:
            group["OwnerId"] = group["UserId"]
        known = [group for group in source_groups or [] if group not in foreign]
        return own(self, known, vpc_id) + foreign

    SecurityGroupBackend._add_source_group = patched


def slow_revocations(application):
    def middleware(environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        if b"Action=RevokeSecurityGroup" in body:
            time.sleep(delay["seconds"])
        return application(environ, start_response)

    return middleware


keep_descriptions()
resize_prefix_lists()
accept_groups_of_different_accounts()
application = slow_revocations(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=KeepAliveHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
for line in sys.stdin:
    delay["seconds"] = float(line)
